#include "changelog/invariant.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

namespace penstock::changelog {
namespace {

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }
std::uint64_t bits(std::int64_t value) { return std::bit_cast<std::uint64_t>(value); }

TEST(Invariant, OfWholeNumbersIsExact) {
  constexpr std::uint64_t beyond_doubles = (std::uint64_t{1} << 53) + 1;
  const MetricInfo count{.name = "n", .label = "n", .type = MetricType::u64, .max = beyond_doubles};
  EXPECT_FALSE(breaks_invariant(count, 0, beyond_doubles));
  EXPECT_EQ(broken_invariant(count, 0, beyond_doubles + 1), "greater than 9007199254740993");

  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const MetricInfo level{.name = "n", .label = "n", .type = MetricType::i64, .min = bits(-most), .max = bits(most - 1)};
  EXPECT_FALSE(breaks_invariant(level, 0, bits(most - 1)));
  EXPECT_TRUE(breaks_invariant(level, 0, bits(most)));
  EXPECT_FALSE(breaks_invariant(level, 0, bits(-most)));
  EXPECT_EQ(broken_invariant(level, 0, bits(-most - 1)), "less than -9223372036854775807");
}

TEST(Invariant, OfRealNumbersIsBrokenByWhatIsNone) {
  const MetricInfo latency{.name = "n", .label = "n", .type = MetricType::f64, .min = bits(0.0), .max = bits(1.5)};
  EXPECT_FALSE(breaks_invariant(latency, 0, bits(-0.0)));
  EXPECT_FALSE(breaks_invariant(latency, 0, bits(1.5)));
  EXPECT_EQ(broken_invariant(latency, 0, bits(std::nextafter(1.5, 2.0))), "greater than 1.5");
  EXPECT_EQ(broken_invariant(latency, 0, bits(std::nan(""))), "not a number");
  const MetricInfo free{.name = "n", .label = "n", .type = MetricType::f64};
  EXPECT_FALSE(breaks_invariant(free, 0, bits(std::nan(""))));
}

TEST(Invariant, ThatNeverDecreasesIsComparedByTheType) {
  const MetricInfo level{.name = "n", .label = "n", .type = MetricType::i64, .never_decreasing = true};
  EXPECT_FALSE(breaks_invariant(level, bits(std::int64_t{-2}), bits(std::int64_t{1})));
  EXPECT_TRUE(breaks_invariant(level, bits(std::int64_t{1}), bits(std::int64_t{-2})));
  const MetricInfo flag{.name = "n", .label = "n", .type = MetricType::boolean, .initial = 1, .never_decreasing = true};
  EXPECT_FALSE(breaks_invariant(flag, 0, 1));
  EXPECT_TRUE(breaks_invariant(flag, 1, 0));
}

TEST(Invariant, ThatNeverDecreasesAllowsTheStepBackToTheInitialValue) {
  const MetricInfo count{.name = "n", .label = "n", .initial = 3, .never_decreasing = true};
  EXPECT_FALSE(breaks_invariant(count, 1000, 3));
  EXPECT_EQ(broken_invariant(count, 1000, 4), "less than before, and never decreases");
  EXPECT_TRUE(breaks_invariant(count, 1000, 0));
  const MetricInfo share{.name = "n", .label = "n", .type = MetricType::f64, .never_decreasing = true};
  EXPECT_FALSE(breaks_invariant(share, bits(0.5), bits(-0.0)));
  EXPECT_TRUE(breaks_invariant(share, bits(0.5), bits(std::nan(""))));
}

}  // namespace
}  // namespace penstock::changelog
