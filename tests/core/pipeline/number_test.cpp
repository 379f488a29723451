#include "pipeline/number.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

namespace penstock::pipeline {
namespace {

using testing::Optional;

struct Refused {
  const char* text;
  const char* what;
  const char* advice = "";
};

template <class Read>
void expect_refused(Read read, std::initializer_list<Refused> table) {
  for (const Refused& row : table) {
    Refusal refusal;
    EXPECT_FALSE(read(row.text, refusal).has_value()) << row.text;
    EXPECT_EQ(refusal.what, row.what) << row.text;
    EXPECT_EQ(refusal.advice, row.advice) << row.text;
    EXPECT_NE(refusal.expected, "") << row.text;
  }
}

constexpr const char* not_whole = "is not a decimal whole number";

TEST(Integer, IsDecimalDigitsAndNothingElse) {
  Refusal refusal;
  EXPECT_THAT(read_u64("0", refusal), Optional(0u));
  EXPECT_THAT(read_u64("20", refusal), Optional(20u));
  EXPECT_THAT(read_u64("-0", refusal), Optional(0u));
  EXPECT_THAT(read_u64("18446744073709551615", refusal), Optional(std::numeric_limits<std::uint64_t>::max()));
  EXPECT_THAT(read_i64("-9223372036854775808", refusal), Optional(std::numeric_limits<std::int64_t>::min()));
  EXPECT_THAT(read_i64("9223372036854775807", refusal), Optional(std::numeric_limits<std::int64_t>::max()));
}

TEST(Integer, IsNeverGuessedFromAnotherSpelling) {
  expect_refused(read_u64, {{"010", not_whole, "write 10, or 8 if octal was meant"},
                            {"007", not_whole, "write 7"},
                            {"08", not_whole, "write 8"},
                            {"00", not_whole, "write 0"},
                            {"0x10", not_whole, "write 16"},
                            {"0x1F", not_whole, "write 31"},
                            {"0o10", not_whole, "write 8"},
                            {"0b101", not_whole, "write 5"},
                            {"0x", not_whole},
                            {"20.0", not_whole, "write 20"},
                            {"20.", not_whole, "write 20"},
                            {"1e3", not_whole, "write 1000"},
                            {"20.5", not_whole},
                            {"1e300", not_whole},
                            {"1e999999999999", not_whole},
                            {"+5", not_whole, "write 5"},
                            {"1_000", not_whole, "write 1000"},
                            {"1 000 000", not_whole, "write 1000000"},
                            {"1 00", not_whole},
                            {"1000 000", not_whole},
                            {"1,000", not_whole, "write 1000"},
                            {"1,234,567", not_whole, "write 1234567"},
                            {"12,34,567", not_whole},
                            {"01,234", not_whole},
                            {"0 500", not_whole},
                            {"0,5", not_whole},
                            {"0:30", not_whole},
                            {"0_5", not_whole},
                            {"-010", not_whole},
                            {"-20.0", not_whole},
                            {"+010", not_whole},
                            {"010s", not_whole},
                            {"20.5s", not_whole},
                            {"0x1G", not_whole},
                            {"0 s", not_whole, "it is no duration: write a number alone, of what it counts"},
                            {"20s", not_whole, "it is no duration: write a number alone, of what it counts"},
                            {"20 degC", not_whole, "write the number alone: nobody converts `degC`"},
                            {"12:30", not_whole},
                            {"", not_whole},
                            {"-", not_whole},
                            {" 5", not_whole, "write 5"},
                            {" ", not_whole},
                            {"5 ", not_whole, "write 5"},
                            {"\xE2\x88\x92"
                             "5",
                             not_whole},
                            {"twenty", not_whole},
                            {"-1", "is negative"},
                            {"99999999999999999999", "is greater than the largest of 64 bits, 18446744073709551615"},
                            {"18446744073709551616", "is greater than the largest of 64 bits, 18446744073709551615"}});
  expect_refused(read_i64, {{"9223372036854775808", "is greater than the largest of 64 bits, 9223372036854775807"},
                            {"-9223372036854775809", "is less than the smallest of 64 bits, -9223372036854775808"},
                            {"1.0", not_whole, "write 1"},
                            {"-20.0", not_whole, "write -20"},
                            {"-010", not_whole, "write -10, or -8 if octal was meant"},
                            {"-0X1f", not_whole, "write -31"},
                            {"-1 000 000", not_whole, "write -1000000"},
                            {"-1,000", not_whole, "write -1000"}});
}

TEST(Float, IsTheNearestDouble) {
  Refusal refusal;
  for (const auto& [text, value] :
       std::initializer_list<std::pair<const char*, double>>{{"0", 0.0},
                                                             {"1.5", 1.5},
                                                             {"-1.5", -1.5},
                                                             {".5", 0.5},
                                                             {"5.", 5.0},
                                                             {"0.25", 0.25},
                                                             {"1e3", 1000.0},
                                                             {"1E+3", 1000.0},
                                                             {"-1e308", -1e308},
                                                             {"1.7976931348623157e308", 1.7976931348623157e308},
                                                             {"4.9e-324", 4.9e-324},
                                                             {"99999999999999999999", 1e20}})
    EXPECT_THAT(read_f64(text, refusal), Optional(value)) << text;
  EXPECT_TRUE(std::signbit(*read_f64("-0", refusal)));
}

TEST(Float, RefusesWhatIsNoFiniteNumber) {
  expect_refused(read_f64, {{"nan", "is not finite", "write a number; leave the key out for the default"},
                            {".nan", "is not finite", "write a number; leave the key out for the default"},
                            {"-.INF", "is not finite", "write a number; leave the key out for the default"},
                            {"Infinity", "is not finite", "write a number; leave the key out for the default"},
                            {"+inf", "is not finite", "write a number; leave the key out for the default"},
                            {"nan(snan)", "is not a number"},
                            {"1.7976931348623159e308", "is outside the range of f64"},
                            {"1e400", "is outside the range of f64"},
                            {"1e-400", "is outside the range of f64"},
                            {"1,5", "is not a number", "write 1.5"},
                            {"0,5", "is not a number", "write 0.5"},
                            {"-0,25", "is not a number", "write -0.25"},
                            {"00,5", "is not a number"},
                            {"1,000", "is not a number", "write 1000, or 1.000 if a decimal point was meant"},
                            {"0,500", "is not a number", "write 0.500"},
                            {"01,234", "is not a number"},
                            {"1,234,567", "is not a number", "write 1234567"},
                            {"0 500", "is not a number"},
                            {"0:30", "is not a number"},
                            {"010C", "is not a number"},
                            {"0 degC", "is not a number", "write the number alone: nobody converts `degC`"},
                            {"1.234,5", "is not a number"},
                            {"010", "is not a number", "write 10, or 8 if octal was meant"},
                            {"0x1F", "is not a number", "write 31"},
                            {"+1.5", "is not a number", "write 1.5"},
                            {"1_000.5", "is not a number", "write 1000.5"},
                            {"20.5C", "is not a number", "write the number alone: nobody converts `C`"},
                            {"12abc", "is not a number", "write the number alone: nobody converts `abc`"},
                            {"1e", "is not a number", "write the number alone: nobody converts `e`"},
                            {".", "is not a number"},
                            {"-", "is not a number"},
                            {"", "is not a number"},
                            {"1.2.3", "is not a number"},
                            {"1e5.5", "is not a number"},
                            {"e5", "is not a number"}});
}

TEST(Float, WritesWhatReadsBack) {
  Refusal refusal;
  for (const double value : {0.1, 1e-300, -1e308, 100.0, 1.0 / 3.0, 4.9e-324})
    EXPECT_THAT(read_f64(write_f64(value), refusal), Optional(value));
}

TEST(Duration, IsANumberAndAUnit) {
  Refusal refusal;
  for (const auto& [text, value] :
       std::initializer_list<std::pair<const char*, std::int64_t>>{{"5ns", 5},
                                                                   {"10us", 10'000},
                                                                   {"250ms", 250'000'000},
                                                                   {"1.5s", 1'500'000'000},
                                                                   {".5s", 500'000'000},
                                                                   {"2m", 120'000'000'000},
                                                                   {"1h", 3'600'000'000'000},
                                                                   {"1d", 86'400'000'000'000},
                                                                   {"0s", 0},
                                                                   {"-5s", -5'000'000'000},
                                                                   {"0.000000001s", 1},
                                                                   {"1.500000000000000000000s", 1'500'000'000},
                                                                   {"9223372036854775807ns", 9223372036854775807},
                                                                   {"-9223372036854775808ns", INT64_MIN}}) {
    EXPECT_THAT(read_duration(text, refusal), Optional(value)) << text << ' ' << refusal.what;
  }
}

TEST(Duration, IsExactOrRefused) {
  const char* unclear = "is not a whole number of nanoseconds within 292 years";
  expect_refused(read_duration, {{"20", "has no unit", "write 20s for seconds, 20ms for milliseconds"},
                                 {"0", "has no unit", "write 0s for seconds, 0ms for milliseconds"},
                                 {"20 s", "has an unknown unit", "write 20s"},
                                 {"20S", "has an unknown unit"},
                                 {"20sec", "has an unknown unit", "write 20s"},
                                 {"1.5 hours", "has an unknown unit", "write 1.5h"},
                                 {"5\xC2\xB5s", "has an unknown unit", "write 5us"},
                                 {"1h30m", "has an unknown unit"},
                                 {"1e3s", "has an unknown unit"},
                                 {"s", "is not a duration", "write one such as 20s or 1.5h"},
                                 {"", "is not a duration", "write one such as 20s or 1.5h"},
                                 {"+5s", "is not a duration", "write one such as 20s or 1.5h"},
                                 {"1.2.3s", "is not a duration", "write one such as 20s or 1.5h"},
                                 {"020s", "is not a duration", "write 20s"},
                                 {"-020s", "is not a duration", "write -20s"},
                                 {"00.5s", "is not a duration", "write 0.5s"},
                                 {"020", "has no unit", "write 20s for seconds, 20ms for milliseconds"},
                                 {"020 s", "has an unknown unit", "write 20s"},
                                 {"0.5ns", unclear},
                                 {"1.0000000001s", unclear},
                                 {"0.0000000000000000000000001d", unclear},
                                 {"106752d", unclear},
                                 {"99999999999999999999s", unclear}});
}

TEST(Duration, IsWrittenInTheLargestUnitThatDividesIt) {
  EXPECT_EQ(write_duration(0), "0s");
  EXPECT_EQ(write_duration(1'500'000'000), "1500ms");
  EXPECT_EQ(write_duration(120'000'000'000), "2m");
  EXPECT_EQ(write_duration(-86'400'000'000'000), "-1d");
  EXPECT_EQ(write_duration(INT64_MIN), "-9223372036854775808ns");
}

}  // namespace
}  // namespace penstock::pipeline
