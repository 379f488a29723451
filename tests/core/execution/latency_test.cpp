#include "execution/latency.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace penstock::execution {
namespace {

using std::chrono::nanoseconds;

TEST(LatencyTest, OfNothingIsZero) {
  const Latency none;
  EXPECT_EQ(none.quantile(0.99), nanoseconds(0));
  EXPECT_EQ(none.max(), nanoseconds(0));
}

TEST(LatencyTest, OfOneIsThatOne) {
  for (const std::int64_t ns :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{15}, std::int64_t{16}, std::int64_t{1000},
        std::int64_t{123'456'789}, std::numeric_limits<std::int64_t>::max()}) {
    Latency latency;
    latency.add(ns);
    EXPECT_EQ(latency.quantile(0.5), nanoseconds(ns));
    EXPECT_EQ(latency.max(), nanoseconds(ns));
  }
}

TEST(LatencyTest, AClockThatWentBackCountsAsNoTime) {
  Latency latency;
  latency.add(-5);
  EXPECT_EQ(latency.max(), nanoseconds(0));
  EXPECT_EQ(latency.count(), 1u);
}

TEST(LatencyTest, AQuantileIsAtMostASixteenthTooHigh) {
  std::mt19937_64 random(3);
  std::lognormal_distribution<double> times(10, 3);
  std::vector<std::int64_t> all;
  Latency latency;
  for (int i = 0; i < 10'000; ++i) {
    all.push_back(static_cast<std::int64_t>(times(random)));
    latency.add(all.back());
  }
  std::ranges::sort(all);
  for (const double q : {0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const auto exact = static_cast<double>(all[static_cast<std::size_t>(q * 10'000) - 1]);
    const auto found = static_cast<double>(latency.quantile(q).count());
    EXPECT_GE(found, exact) << q;
    EXPECT_LE(found, exact * 17 / 16 + 1) << q;
  }
}

TEST(LatencyTest, AddsUp) {
  Latency fast, slow;
  fast.add(10, 99);
  slow.add(1'000'000);
  fast.add(slow);
  EXPECT_EQ(fast.count(), 100u);
  EXPECT_EQ(fast.quantile(0.99), nanoseconds(10));
  EXPECT_EQ(fast.max(), nanoseconds(1'000'000));
}

}  // namespace
}  // namespace penstock::execution
