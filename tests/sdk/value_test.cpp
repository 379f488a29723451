#include <gtest/gtest.h>
#include <penstock/value.hpp>

#include <chrono>
#include <cstdint>

namespace penstock {
namespace {

using namespace std::chrono_literals;

TEST(Time, HasSumsAndDifferencesWithDurations) {
  constexpr Time begin{1'000'000'000};
  static_assert(begin + 2s == Time{3'000'000'000} && 2s + begin == begin + 2s);
  static_assert(begin - 1s == Time{});
  static_assert(begin + 2s - begin == 2s && begin - (begin + 2s) == -2s);
  Time t = begin;
  t += 1ms;
  EXPECT_EQ(t.ns, 1'001'000'000);
  t -= 2ms;
  EXPECT_EQ(t.ns, 999'000'000);
}

TEST(Time, StopsAtTheFirstAndTheLastOne) {
  constexpr Time first{INT64_MIN}, last{INT64_MAX};
  static_assert(last + 1ns == last && first - 1ns == first);
  static_assert(first + -1ns == first && last - -1ns == last);
  static_assert(last - first == Duration::max() && first - last == Duration::min());
  static_assert(Time{0} - first == Duration::max() && Time{-1} - first == Duration::max());
  EXPECT_EQ(last - 1ns + 1ns, last);
}

}  // namespace
}  // namespace penstock
