#include "cli/table.hpp"

#include <gtest/gtest.h>

namespace penstock::cli {
namespace {

using namespace std::chrono_literals;

TEST(Table, AlignsColumnsAndLeavesNoSpacesAtTheEnd) {
  Table table({Align::left, Align::right, Align::left});
  table.add({"read", "22,695", "a note"});
  table.add({"filtered", "5", ""});
  EXPECT_EQ(table.text(2), "  read       22,695   a note\n  filtered        5\n");
}

TEST(Table, CountsCodePointsAndNotBytes) {
  Table table({Align::left, Align::left});
  table.add({"größe", "x"});
  table.add({"abcde", "y"});
  EXPECT_EQ(table.text(), "größe   x\nabcde   y\n");
}

TEST(Grouped, PutsACommaBetweenThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(22695), "22,695");
  EXPECT_EQ(grouped(18446744073709551615U), "18,446,744,073,709,551,615");
}

TEST(DurationText, TakesTheUnitThatAPersonWould) {
  EXPECT_EQ(duration_text(0ns), "0 ns");
  EXPECT_EQ(duration_text(850ns), "850 ns");
  EXPECT_EQ(duration_text(12'100ns), "12.1 µs");
  EXPECT_EQ(duration_text(1'300us), "1.30 ms");
  EXPECT_EQ(duration_text(2500ms), "2.50 s");
  EXPECT_EQ(duration_text(1h), "3600 s");
}

TEST(DurationText, NeverRoundsUpToAThousand) {
  EXPECT_EQ(duration_text(999'999ns), "1.00 ms");
  EXPECT_EQ(duration_text(9'996us), "10.0 ms");
  EXPECT_EQ(duration_text(99'960us), "100 ms");
}

}  // namespace
}  // namespace penstock::cli
