#include <gtest/gtest.h>
#include <penstock/text.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace penstock {
namespace {

std::string real(double value) { return std::string(TextBuffer().real(value)); }
std::string time_text(std::int64_t ns) { return std::string(TextBuffer().time({ns})); }
std::string duration(std::int64_t ns) { return std::string(TextBuffer().duration(Duration(ns))); }

TEST(Text, GivesARealNumberTheFewestDigitsThatReadBack) {
  EXPECT_EQ(real(0.1), "0.1");
  EXPECT_EQ(real(100000), "100000");
  EXPECT_EQ(real(16384000000), "16384000000");
  EXPECT_EQ(real(99999999999999984), "99999999999999984");
  EXPECT_EQ(real(1e17), "1e+17");
  EXPECT_EQ(real(0.00001), "0.00001");
  EXPECT_EQ(real(0.000001), "1e-06");
  EXPECT_EQ(real(0), "0");
  EXPECT_EQ(real(-0.0), "-0");
  EXPECT_EQ(real(-std::nan("")), "nan");
  EXPECT_EQ(real(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(real(0.000012345678901234567), "0.000012345678901234568");
  EXPECT_EQ(TextBuffer().real(0.1f), "0.1");
}

TEST(Text, GivesATimeTheDigitsThatItNeedsByThrees) {
  EXPECT_EQ(time_text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(time_text(1'709'208'000'250'000'000), "2024-02-29T12:00:00.250Z");
  EXPECT_EQ(time_text(1'000), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(time_text(1), "1970-01-01T00:00:00.000000001Z");
  EXPECT_EQ(time_text(-1), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(time_text(-86'400'000'000'000), "1969-12-31T00:00:00Z");
  EXPECT_EQ(time_text(INT64_MAX), "2262-04-11T23:47:16.854775807Z");
  EXPECT_EQ(time_text(INT64_MIN), "1677-09-21T00:12:43.145224192Z");
}

TEST(Text, GivesADurationInSeconds) {
  EXPECT_EQ(duration(90'000'000'000), "90s");
  EXPECT_EQ(duration(250'000'000), "0.25s");
  EXPECT_EQ(duration(-1), "-0.000000001s");
  EXPECT_EQ(duration(0), "0s");
  EXPECT_EQ(duration(INT64_MIN), "-9223372036.854775808s");
}

}  // namespace
}  // namespace penstock
