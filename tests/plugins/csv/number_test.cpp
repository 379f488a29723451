#include "csv/number.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace csv {
namespace {

TEST(ParseNumber, TakesWhatPeopleWrite) {
  const struct {
    const char* text;
    double value;
  } cases[] = {{"20.5", 20.5},       {"-1e3", -1000},
               {"+1.5", 1.5},        {"5.", 5},
               {".5", 0.5},          {"007", 7},
               {"4.9e-324", 5e-324}, {"99999999999999999999", 1e20},
               {"1e-400", 0.0},      {"123456e-330", 0},
               {"0e-999", 0},        {"1.7976931348623157e308", std::numeric_limits<double>::max()}};
  for (const auto& [text, value] : cases) {
    const auto number = parse_number(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number.value.value, value) << text;
  }
}

TEST(ParseNumber, KeepsTheSignOfZero) {
  EXPECT_TRUE(std::signbit(parse_number("-0").value.value));
  EXPECT_TRUE(std::signbit(parse_number("-1e-400").value.value));
}

TEST(ParseNumber, TakesWordsForWhatIsNotFinite) {
  for (const char* const text : {"nan", "NaN", "NAN"}) EXPECT_TRUE(std::isnan(parse_number(text).value.value)) << text;
  for (const char* const text : {"inf", "Infinity", "+INF"})
    EXPECT_EQ(parse_number(text).value.value, HUGE_VAL) << text;
  EXPECT_EQ(parse_number("-inf").value.value, -HUGE_VAL);
}

TEST(ParseNumber, SaysWhenAValueIsTooNearToZero) {
  EXPECT_TRUE(parse_number("1e-400").value.underflow);
  EXPECT_TRUE(parse_number("0.0000001e-399").value.underflow);
  EXPECT_TRUE(parse_number("1e-99999999999999999999").value.underflow);
  EXPECT_FALSE(parse_number("0e-400").value.underflow);
  EXPECT_FALSE(parse_number("4.9e-324").value.underflow);
}

TEST(ParseNumber, RefusesWhatIsBeyondF64) {
  for (const char* const text :
       {"1e400", "-1e400", "+1e400", "1.7976931348623159e308", "0.001e400", "1e99999999999999999999"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(ParseNumber, PointsAtTheFirstWrongByte) {
  const struct {
    const char* text;
    std::size_t at;
  } cases[] = {{"0x1F", 1}, {" 1.5", 0},      {"1.5 ", 3},  {"12abc", 2},  {"1e", 1}, {"1_000", 1},
               {".", 0},    {"-", 0},         {"", 0},      {"1,5", 1},    {"+", 0},  {"+-5", 0},
               {"++5", 1},  {"nan(snan)", 3}, {"1.2.3", 3}, {"\u22125", 0}};
  for (const auto& [text, at] : cases) {
    const auto number = parse_number(text);
    EXPECT_FALSE(number) << text;
    EXPECT_EQ(number.at, at) << text;
  }
}

TEST(ParseNumber, ReadsEveryDoubleBackToTheBit) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t bits = random();
    const auto value = std::bit_cast<double>(bits);
    if (std::isnan(value)) continue;
    char text[32];
    const char* const end = std::to_chars(text, text + sizeof text, value).ptr;
    const auto number = parse_number({text, static_cast<std::size_t>(end - text)});
    ASSERT_TRUE(number) << value;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(number.value.value), bits) << value;
  }
}

}  // namespace
}  // namespace csv
