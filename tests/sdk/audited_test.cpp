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

TEST(Metric, IsResetToItsDefaultAlsoWhenItNeverFalls) {
  Counters counters;
  counters.total = 7;
  counters.share = 0.5;
  counters.total.reset();
  counters.share.reset();
  EXPECT_EQ(*counters.total, 0u);
  EXPECT_EQ(*counters.share, 0.0);
  EXPECT_THROW((counters.total = 3, counters.total = 0), InvariantBroken) << "an assignment is no reset";
}

TEST(Metric, IsTriedWithoutAnException) {
  Counters counters;
  static_assert(noexcept(counters.total.try_set(1))&& noexcept(counters.total.reset()));
  EXPECT_TRUE(counters.total.try_set(5));
  EXPECT_FALSE(counters.total.try_set(4));
  EXPECT_EQ(*counters.total, 5u);
}

}  // namespace
}  // namespace penstock
