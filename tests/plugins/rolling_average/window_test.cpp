#include "rolling_average/window.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <random>

namespace rolling_average {
namespace {

// The sum of doubles as an integer number of 2^-1074, exact whatever they are: each double is one, times a power of two.
class ExactSum {
 public:
  void add(double x) {
    int exponent = 0;
    const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(x, &exponent), 53));
    const int shift = exponent - 53 + 1127;  // not negative
    const auto at = static_cast<std::size_t>(shift / 32);
    const std::uint64_t low = (static_cast<std::uint64_t>(mantissa) & 0xffffffff) << (shift % 32);
    limb_[at] += static_cast<std::int64_t>(low & 0xffffffff);
    limb_[at + 1] += static_cast<std::int64_t>(low >> 32) + (mantissa >> 32) * (std::int64_t{1} << (shift % 32));
  }
  // Rounded once or twice: within 2^-52 of it, relatively.
  double value() const {
    auto limbs = limb_;
    std::int64_t carry = 0;
    for (auto& limb : limbs) {
      limb += carry;
      carry = limb >> 32;
      limb -= carry * (std::int64_t{1} << 32);
    }
    const bool negative = carry < 0;
    if (negative) {
      carry = 0;
      for (auto& limb : limbs) {
        limb = carry - limb;
        carry = limb >> 32;
        limb -= carry * (std::int64_t{1} << 32);
      }
    }
    long double sum = 0;
    for (std::size_t i = limbs.size(); i-- > 0;)
      sum += std::ldexp(static_cast<long double>(limbs[i]), static_cast<int>(i) * 32 - 1127);
    return static_cast<double>(negative ? -sum : sum);
  }

 private:
  std::array<std::int64_t, 72> limb_{};
};

double exact_mean(const std::deque<double>& values) {
  ExactSum sum;
  for (const double value : values) sum.add(value);
  return sum.value() / static_cast<double>(values.size());
}

// Both the window and a plain list of its values.
class Both {
 public:
  explicit Both(std::size_t size) : size_(size) {}
  void add(double x) {
    window.add(x, size_);
    values.push_back(x);
    if (values.size() > size_) values.pop_front();
  }
  Window window;
  std::deque<double> values;

 private:
  std::size_t size_;
};

TEST(ExactSum, LosesNothing) {
  ExactSum sum;
  for (const double x : {1e300, 1.0, -1e300, 5e-324, -5e-324, -3.0}) sum.add(x);
  EXPECT_EQ(sum.value(), -2.0);
}

TEST(Window, IsTheMeanOfWhatItHas) {
  Window window;
  EXPECT_TRUE(window.empty());
  const double expected[] = {1, 1.5, 2, 3, 4};
  double value = 0;
  for (const double mean : expected) {
    window.add(++value, 3);
    EXPECT_EQ(window.mean(), mean);
  }
}

TEST(Window, OfOneIsTheValueItself) {
  Window window;
  for (const double value : {1.0, 1e300, -3.5}) {
    window.add(value, 1);
    EXPECT_EQ(window.mean(), value);
  }
}

TEST(Window, StaysWithinAFewUnitsOfTheExactMean) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(50, 110);
  for (const std::size_t size : {1u, 2u, 3u, 20u, 64u, 1000u}) {
    Both both(size);
    for (int i = 0; i < 22'695; ++i) {
      both.add(uniform(random));
      if (i % 7 && size > 64) continue;
      const double exact = exact_mean(both.values);
      ASSERT_NEAR(both.window.mean(), exact, 4e-16 * exact) << size << ' ' << i;
    }
  }
}

TEST(Window, DoesNotDriftOverAMillionEqualValues) {
  Window window;
  for (int i = 0; i < 3'000'000; ++i) window.add(0.1, 1'000'000);
  EXPECT_NEAR(window.mean(), 0.1, 1e-16);
}

TEST(Window, ForgetsAHugeValueWithTheRowInWhichItLeaves) {
  for (std::size_t at = 0; at < 12; ++at) {
    Both both(5);
    for (std::size_t i = 0; i < 40; ++i) {
      both.add(i == at ? 1e300 : i == at + 1 ? -1e17 : 1.0 + static_cast<double>(i) / 7);
      const double exact = exact_mean(both.values);
      ASSERT_NEAR(both.window.mean(), exact, 1e-15 * std::abs(exact)) << at << ' ' << i;
    }
  }
}

TEST(Window, ForgetsWhatIsNotFiniteWithTheRowInWhichItLeaves) {
  for (const double strange : {std::nan(""), HUGE_VAL, -HUGE_VAL})
    for (std::size_t at = 0; at < 12; ++at) {
      Window window;
      for (std::size_t i = 0; i < 40; ++i) {
        window.add(i == at ? strange : 2.0, 5);
        const double expected = i < at || i >= at + 5 ? 2.0 : strange;
        ASSERT_TRUE(window.mean() == expected || std::isnan(expected)) << at << ' ' << i;
        ASSERT_EQ(std::isnan(window.mean()), std::isnan(expected)) << at << ' ' << i;
      }
    }
}

TEST(Window, IsNotANumberWhileItHasBothInfinities) {
  Window window;
  window.add(HUGE_VAL, 3);
  window.add(-HUGE_VAL, 3);
  EXPECT_TRUE(std::isnan(window.mean()));
}

TEST(Window, IsNearTheExactMeanOfWildValues) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> exponent(-100, 100), sign(-1, 1);
  for (const std::size_t size : {2u, 7u, 20u}) {
    Both both(size);
    for (int i = 0; i < 5'000; ++i) {
      both.add(std::copysign(std::pow(10, exponent(random)), sign(random)));
      double largest = 0;
      for (const double value : both.values) largest = std::max(largest, std::abs(value));
      ASSERT_NEAR(both.window.mean(), exact_mean(both.values), 1e-15 * largest) << size << ' ' << i;
    }
  }
}

}  // namespace
}  // namespace rolling_average
