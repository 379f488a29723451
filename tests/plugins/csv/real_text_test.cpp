#include "csv/real_text.hpp"

#include <gtest/gtest.h>
#include <penstock/text.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace csv {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string shortest(double value) {
  char text[shortest_room];
  return {text, write_shortest(text, value)};
}

std::string fixed(double value, int decimals) {
  char text[fixed_room];
  return {text, write_fixed(text, value, decimals)};
}

std::string fixed_of_the_library(double value, int decimals) {
  char text[fixed_room];
  if (std::isnan(value)) return "nan";
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals).ptr};
}

// Of every kind that has a path of its own, and their neighbours: short decimals, halves, few bits, any bits, averages.
std::vector<double> many() {
  std::mt19937_64 random(1);
  std::vector<double> values{0.0,    -0.0,       std::nan(""), infinity, 1e17, 1e16,
                             0x1p53, 0x1p53 - 1, 0x1p52 - 0.5, 1e-5,     0.3};
  for (int exponent = -1074; exponent < 1024; ++exponent) values.push_back(std::ldexp(1.0, exponent));
  double average = 0;
  for (int i = 0; i < 20'000; ++i) {
    values.push_back(std::bit_cast<double>(random()));
    values.push_back(std::bit_cast<double>(random() >> 12 | (1005 + random() % 76) << 52));
    values.push_back(std::ldexp(static_cast<double>(random() % 100'000), -static_cast<int>(random() % 40)));
    values.push_back(static_cast<double>(random() % 10'000'000'000) / std::pow(10, random() % 16));
    average = average * 0.95 + static_cast<double>(random() % 1000) / 10;
    values.push_back(average);
  }
  for (std::size_t i = values.size(); i-- > 0;) {
    values.push_back(std::nextafter(values[i], infinity));
    values.push_back(-std::nextafter(values[i], 0));
  }
  return values;
}

TEST(RealText, HasTheFewestDigitsThatReadBack) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(-45.1234), "-45.1234");
  EXPECT_EQ(shortest(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(shortest(0.000012345678901234567), "0.000012345678901234568");
  EXPECT_EQ(shortest(100), "100");
  EXPECT_EQ(shortest(1e17), "1e+17");
  EXPECT_EQ(shortest(-1e-300), "-1e-300");
}

TEST(RealText, IsWhatTheSdkWrites) {
  for (const double value : many()) ASSERT_EQ(shortest(value), penstock::TextBuffer().real(value));
}

TEST(RealText, RoundsTheExactValueToDecimalsAndAHalfToEven) {
  EXPECT_EQ(fixed(45.1234, 6), "45.123400");
  EXPECT_EQ(fixed(0.125, 2), "0.12");
  EXPECT_EQ(fixed(0.375, 2), "0.38");
  EXPECT_EQ(fixed(2.5, 0), "2");
  EXPECT_EQ(fixed(0.999, 2), "1.00");
  EXPECT_EQ(fixed(-0.001, 2), "-0.00");
  EXPECT_EQ(fixed(0.1, 17), "0.10000000000000001");
  EXPECT_EQ(fixed(-infinity, 3), "-inf");
}

TEST(RealText, HasTheDecimalsOfTheLibrary) {
  const std::vector<double> values = many();
  for (int decimals = 0; decimals <= most_decimals; ++decimals)
    for (std::size_t i = static_cast<std::size_t>(decimals); i < values.size(); i += most_decimals)
      ASSERT_EQ(fixed(values[i], decimals), fixed_of_the_library(values[i], decimals)) << values[i];
}

}  // namespace
}  // namespace csv
