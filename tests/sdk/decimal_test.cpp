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
consteval Decimal compiled(auto value) { return Decimal(value); }

TEST(Decimal, WritesDoublesAtCompileTime) {
  EXPECT_EQ(compiled(0.1).text(), "0.1");
  EXPECT_EQ(compiled(273.15).text(), "273.15");
  EXPECT_EQ(compiled(-40.5).text(), "-40.5");
  EXPECT_EQ(compiled(1e6).text(), "1000000");
  EXPECT_EQ(compiled(1e-308).text(), "1e-308");
  EXPECT_EQ(compiled(5e-324).text(), "5e-324");
  EXPECT_EQ(compiled(1.7976931348623157e308).text(), "1.7976931348623157e308");
  EXPECT_EQ(compiled(1.0 / 3).text(), "0.3333333333333333");
  EXPECT_EQ(compiled(0.0).text(), "0");
  EXPECT_EQ(compiled(-0.0).text(), "-0");
  EXPECT_EQ(compiled(std::numeric_limits<double>::infinity()).text(), "inf");
  EXPECT_EQ(compiled(-std::numeric_limits<double>::infinity()).text(), "-inf");
  EXPECT_EQ(std::string(Decimal(std::nan("")).text()), "nan");
}

TEST(Decimal, WritesIntegersToTheirLimits) {
  EXPECT_EQ(compiled(INT64_MIN).text(), "-9223372036854775808");
  EXPECT_EQ(compiled(INT64_MAX).text(), "9223372036854775807");
  EXPECT_EQ(compiled(UINT64_MAX).text(), "18446744073709551615");
  EXPECT_EQ(compiled(std::int64_t{0}).text(), "0");
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
