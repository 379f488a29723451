#include <gtest/gtest.h>
#include <penstock/decimal.hpp>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>

namespace penstock {
namespace {

// As the manifest needs it: the text is made by the compiler.
template <auto Value>
std::string text() {
  static constexpr Decimal decimal(Value);
  return std::string(decimal.text());
}

TEST(Decimal, WritesDoublesAtCompileTime) {
  EXPECT_EQ(text<0.1>(), "0.1");
  EXPECT_EQ(text<273.15>(), "273.15");
  EXPECT_EQ(text<-40.5>(), "-40.5");
  EXPECT_EQ(text<1e6>(), "1000000");
  EXPECT_EQ(text<1e-308>(), "1e-308");
  EXPECT_EQ(text<5e-324>(), "5e-324");
  EXPECT_EQ(text<1.7976931348623157e308>(), "1.7976931348623157e308");
  EXPECT_EQ(text<1.0 / 3>(), "0.3333333333333333");
  EXPECT_EQ(text<0.0>(), "0");
  EXPECT_EQ(text<-0.0>(), "-0");
  EXPECT_EQ(text<std::numeric_limits<double>::infinity()>(), "inf");
  EXPECT_EQ(text<-std::numeric_limits<double>::infinity()>(), "-inf");
  EXPECT_EQ(std::string(Decimal(std::nan("")).text()), "nan");
}

TEST(Decimal, WritesIntegersToTheirLimits) {
  EXPECT_EQ(text<INT64_MIN>(), "-9223372036854775808");
  EXPECT_EQ(text<INT64_MAX>(), "9223372036854775807");
  EXPECT_EQ(text<UINT64_MAX>(), "18446744073709551615");
  EXPECT_EQ(text<std::int64_t{0}>(), "0");
}

// The library's own shortest conversion is the witness for the digits, its reader for the value.
TEST(Decimal, ReadsBackAsTheSameDoubleWithTheFewestDigits) {
  std::mt19937_64 random(1);
  const auto check = [](double value) {
    const Decimal decimal(value);
    const std::string_view text = decimal.text();
    double back = 0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value)) << text;
    char buffer[64];
    const char* end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
    const auto digits = [](std::string_view s) {
      std::string found;
      for (const char c : s.substr(0, s.find('e')))
        if (c >= '0' && c <= '9' && (c != '0' || !found.empty())) found += c;
      while (!found.empty() && found.back() == '0') found.pop_back();
      return found;
    };
    ASSERT_EQ(digits(text), digits({buffer, static_cast<std::size_t>(end - buffer)})) << text;
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (std::isfinite(value)) check(value);
    check(static_cast<double>(static_cast<std::int64_t>(random() >> 40)) / 1000);
  }
  for (int exponent = -1074; exponent < 1024; ++exponent) check(std::ldexp(1.0, exponent));
}

}  // namespace
}  // namespace penstock
