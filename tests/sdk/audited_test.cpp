// Metrics of a class that a test makes itself: they are assigned, and recorded nowhere.
#include <gtest/gtest.h>
#include <penstock/audited.hpp>

#include <cstdint>
#include <limits>

namespace penstock {
namespace {

struct Counters {
  PENSTOCK_METRIC(std::int64_t, level, "may be negative");
  PENSTOCK_METRIC(std::uint64_t, total, "may not fall", never_decreasing());
  PENSTOCK_METRIC(double, share, "a part");
};

TEST(Metric, WrapsAroundWhereASignedSumWouldOverflow) {
  Counters counters;
  counters.level = std::numeric_limits<std::int64_t>::max();
  ++counters.level;
  EXPECT_EQ(*counters.level, std::numeric_limits<std::int64_t>::min());
  counters.level -= 1;
  EXPECT_EQ(*counters.level, std::numeric_limits<std::int64_t>::max());
}

TEST(Metric, TakesTheOperatorsOfANumber) {
  Counters counters;
  counters.level = 3;
  EXPECT_EQ(counters.level++, 3);
  EXPECT_EQ(counters.level--, 4);
  counters.level *= -7;
  EXPECT_EQ(*counters.level, -21);
  counters.level /= 2;
  EXPECT_EQ(*counters.level, -10);
  counters.share = 1;
  counters.share /= 4;
  counters.share *= 3;
  EXPECT_EQ(*counters.share, 0.75);
}

TEST(Metric, ThatNeverFallsRefusesToWrapAround) {
  Counters counters;
  counters.total = std::numeric_limits<std::uint64_t>::max();
  EXPECT_THROW(++counters.total, InvariantBroken);
  EXPECT_EQ(*counters.total, std::numeric_limits<std::uint64_t>::max());
}

}  // namespace
}  // namespace penstock
