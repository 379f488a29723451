#include "csv/stamps.hpp"

#include <gtest/gtest.h>

namespace csv {
namespace {

TEST(Stamps, CountsAClockThatWasSetBackByAnHour) {
  Stamps stamps;
  int out_of_order = 0, duplicates = 0;
  const auto add = [&](std::int64_t minute) {
    const Stamps::Seen seen = stamps.add(minute);
    out_of_order += seen.out_of_order;
    duplicates += seen.duplicate;
  };
  for (std::int64_t minute = 0; minute <= 175; minute += 5) add(minute);    // 02:55
  for (std::int64_t minute = 120; minute <= 240; minute += 5) add(minute);  // 02:00 again
  EXPECT_EQ(out_of_order, 11);
  EXPECT_EQ(duplicates, 12);
}

TEST(Stamps, FindsOneStampFromTheFutureWithoutCallingTheOthersDuplicates) {
  Stamps stamps;
  stamps.add(1);
  EXPECT_FALSE(stamps.add(1'000'000).out_of_order);
  EXPECT_TRUE(stamps.add(2).out_of_order);
  EXPECT_FALSE(stamps.add(3).duplicate);
  EXPECT_TRUE(stamps.add(3).duplicate);
}

}  // namespace
}  // namespace csv
