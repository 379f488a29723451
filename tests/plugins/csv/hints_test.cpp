// What an operator is told to set when a field is not what the parameters say.
#include <gmock/gmock.h>

#include "csv/time_rules.hpp"
#include "csv/value_rules.hpp"

namespace csv {
namespace {

TEST(ValueHint, NamesTheParameterThatReadsTheText) {
  const ValueRules rules;
  EXPECT_EQ(rules.hint("1,5"), "set `decimal: \",\"` if the column is written so");
  EXPECT_EQ(rules.hint("1,234.5"), "set `thousands: \",\"` if the column is written so");
  EXPECT_EQ(rules.hint("1 234"), "set `thousands: \" \"` if the column is written so");
  EXPECT_EQ(rules.hint("1'234'567.5"), "set `thousands: \"'\"` if the column is written so");
  EXPECT_EQ(rules.hint("1.234,5"), "set `decimal: \",\"` and `thousands: \".\"` if the column is written so");
  EXPECT_EQ(rules.hint("NA"), "set `null: [\"NA\"]` if it stands for no value");
}

TEST(ValueHint, SaysWhereTheTextCanBeTwoNumbers) {
  EXPECT_EQ(ValueRules().hint("1,234"), "set `decimal: \",\"` or `thousands: \",\"`, as the file means it");
}

TEST(ValueHint, TakesTheMarksOfTheFileForWhatTheyAre) {
  ValueRules rules;
  rules.point = ',';
  EXPECT_EQ(rules.hint("1.5"), "set `decimal: \".\"` if the column is written so");
  EXPECT_EQ(rules.hint("1.234,5"), "set `thousands: \".\"` if the column is written so");
}

TEST(ValueHint, NamesAMinusSignThatIsNoHyphen) {
  EXPECT_EQ(ValueRules().hint("\xE2\x88\x92"
                              "21.5"),
            "the minus sign is U+2212: write `-`");
  EXPECT_EQ(ValueRules().hint("2\xE2\x88\x92"
                              "1"),
            "");
}

TEST(ValueHint, SaysWhereAUnitBelongs) {
  for (const std::string unit : {"%", "C", "kW", " mbar", " %", "\u00B0C"}) {
    const std::string shown = unit.substr(unit.front() == ' ');
    EXPECT_EQ(ValueRules().hint("21.5" + unit), "a value is a number alone: take `" + shown +
                                                    "` out of the file, and give it a column `unit`, or the parameter "
                                                    "`unit` if all have it");
  }
}

TEST(ValueHint, TakesNoDigitNorWordForAUnit) {
  for (const char* const text : {"1O", "1l", "5e", "5 NaN", "5 n/a", "5 AM", "5 true", "5 a\xff", "5"})
    EXPECT_THAT(ValueRules().hint(text), testing::Not(testing::HasSubstr("unit"))) << text;
}

TEST(TimeHint, NamesTheParameterForQuotesOfAnotherKind) {
  EXPECT_EQ(TimeRules().hint("'2024-03-01T12:00:00Z'"), "set `quote: \"'\"` if the file has its quotes so");
}

TEST(ValueHint, NamesTheParameterForQuotesOfAnotherKind) {
  EXPECT_EQ(ValueRules().hint("'21.5'"), "set `quote: \"'\"` if the file has its quotes so");
}

TEST(ValueHint, SaysNothingOfWhatNoParameterReads) {
  for (const char* const text :
       {"12abc", "5`", "1.2.3 C", " 1.5", "0x1F", "1_000", "say \"no\"", "a word that is far too long", "\xB0"})
    EXPECT_EQ(ValueRules().hint(text), "") << text;
}

TEST(TimeHint, DoesNotOfferAFormToATimeThatLacksOnlyItsZone) {
  TimeRules rules;
  EXPECT_EQ(rules.hint("2024-03-01 12:00:00"), "");
  EXPECT_EQ(rules.hint("2024-03-01T12:00:00"), "");
  rules.format.emplace("%Y-%m-%d %H:%M:%S");
  EXPECT_EQ(rules.hint("2024-03-01 12:00:00"), "");
}

TEST(TimeHint, DoesNotOfferAFormToATimeThatTheZoneRefuses) {
  TimeRules rules;
  rules.zone.emplace("Europe/Berlin");
  EXPECT_EQ(rules.hint("2026-10-25T02:30:00"), "");
  EXPECT_EQ(rules.hint("2040-07-01T12:00:00"), "");
}

TEST(TimeHint, OffersNoFormWhereNoneIsNeeded) {
  TimeRules rules;
  rules.format.emplace("%d/%m/%Y");
  EXPECT_EQ(rules.hint("2024-03-01T12:00:00Z"), "leave `format` out");
}

TEST(TimeHint, OffersTheZoneTogetherWithAFormThatHasNoOffset) {
  EXPECT_EQ(TimeRules().hint("2024/02/29"),
            "set `format: \"%Y/%m/%d\"`; and `zone: UTC`, or where the clock stood, as the time has no offset");
  EXPECT_EQ(TimeRules().hint("2024/02/29 12:00Z"), "set `format: \"%Y/%m/%d %H:%M%z\"`");
}

TEST(TimeHint, OffersUtcAloneToATimeThatSaysSo) {
  EXPECT_EQ(TimeRules().hint("2026-03-01 12:00:00 GMT"), "set `format: \"%Y-%m-%d %H:%M:%S GMT\"`; and `zone: UTC`");
}

TEST(TimeHint, SaysWhatTheUnitOfANumberIs) {
  EXPECT_EQ(TimeRules().hint("1646666923"), "set `time_unit: s` if these are seconds since 1970");
  EXPECT_EQ(TimeRules().hint("1646666923000"), "set `time_unit: ms` if these are milliseconds since 1970");
  EXPECT_EQ(TimeRules().hint("1646666923000000"), "set `time_unit: us` if these are microseconds since 1970");
  EXPECT_EQ(TimeRules().hint("1646666923000000000"), "set `time_unit: ns` if these are nanoseconds since 1970");
}

TEST(TimeHint, OffersEveryOrderThatATwoDigitYearAllows) {
  TimeRules rules;
  rules.zone.emplace("UTC");
  EXPECT_EQ(rules.hint("24-02-29"), "set `format: \"%d-%m-%y\"` or `format: \"%y-%m-%d\"`, as the file means it");
  EXPECT_EQ(rules.hint("05/06/32"),
            "set `format: \"%d/%m/%y\"` if the day comes first, `format: \"%m/%d/%y\"` if the month does");
}

}  // namespace
}  // namespace csv
