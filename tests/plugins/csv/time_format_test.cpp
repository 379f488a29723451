#include "csv/time_format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "csv/epoch.hpp"

namespace csv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t noon = 1'709'294'400;  // 2024-03-01T12:00:00Z
constexpr std::int64_t second = 1'000'000'000;

std::int64_t read(const std::string& form, const std::string& text) {
  static const Zone utc("UTC");
  const TimeFormat format(form);
  const auto civil = format.parse(text);
  if (!civil) return -1;
  const auto ns = to_utc(civil.value, &utc);
  return ns ? ns.value : -2;
}

TEST(TimeFormat, ReadsTheLettersOfStrftime) {
  EXPECT_EQ(read("%d/%m/%Y %H:%M", "01/03/2024 12:00"), noon * second);
  EXPECT_EQ(read("%d/%m/%Y %H:%M", "1/3/2024 12:00"), noon * second);
  EXPECT_EQ(read("%Y%m%dT%H%M%S%z", "20240301T120000Z"), noon * second);
  EXPECT_EQ(read("%F %T%z", "2024-03-01 13:30:00+0130"), noon * second);
  EXPECT_EQ(read("%F %R", "2024-03-01 12:00"), noon * second);
  EXPECT_EQ(read("%m/%d/%y %I:%M %p", "03/01/24 12:00 PM"), noon * second);
  EXPECT_EQ(read("%m/%d/%y %I:%M%p", "03/01/24 12:00am"), (noon - 12 * 3600) * second);
  EXPECT_EQ(read("%d-%b-%Y %H:%M", "01-Mar-2024 12:00"), noon * second);
  EXPECT_EQ(read("%d %b %Y %H:%M", "1 march 2024 12:00"), noon * second);
  EXPECT_EQ(read("%Y %j %H", "2024 61 12"), noon * second);
  EXPECT_EQ(read("%F %T.%f", "2024-03-01 12:00:00.25"), noon * second + second / 4);
  EXPECT_EQ(read("%F %T,%f", "2024-03-01 12:00:00,123456789"), noon * second + 123'456'789);
  EXPECT_EQ(read("100%% %F", "100% 2024-03-01"), (noon - 12 * 3600) * second);
}

TEST(TimeFormat, TakesTheWholeTextOrNone) {
  for (const char* const text : {"", "2024-03-01", "2024-03-01 12:0x", "2024-03-01 12:00 ", " 2024-03-01 12:00",
                                 "24-03-01 12:00", "2024/03/01 12:00"})
    EXPECT_EQ(read("%Y-%m-%d %H:%M", text), -1) << text;
  EXPECT_EQ(read("%Y%m%d", "2024031"), -1);
  EXPECT_EQ(read("%F %R", "2024-02-30 12:00"), -2);
  EXPECT_EQ(read("%F %R", "2024-02-28 24:00"), -2);
  EXPECT_EQ(read("%F %I:%M %p", "2024-02-28 13:00 PM"), -1);
}

TEST(TimeFormat, SaysWhereTheTextIsWrong) {
  const TimeFormat format("%d/%m/%Y %H:%M");
  const auto civil = format.parse("01/03/2024 12.00");
  EXPECT_STREQ(civil.expected, "a time in the form `%d/%m/%Y %H:%M`");
  EXPECT_EQ(civil.at, 13u);
}

TEST(TimeFormat, RefusesAFormThatIsNoTime) {
  const std::pair<const char*, const char*> cases[] = {{"%H:%M", "a year, a month and a day"},
                                                       {"%Y-%m-%d %q", "`%q`"},
                                                       {"%Y-%m-%d %", "`%`"},
                                                       {"%F %I:%M", "%I and %p together"},
                                                       {"%F %Y", "%Y once"}};
  for (const auto& [form, reason] : cases) {
    try {
      TimeFormat format(form);
      ADD_FAILURE() << form;
    } catch (const std::runtime_error& error) {
      EXPECT_THAT(error.what(), HasSubstr(reason));
    }
  }
}

TEST(TimeFormat, TranslatesTheLettersOfOtherPrograms) {
  const auto refusal = [](const std::string& form) -> std::string {
    try {
      TimeFormat read(form);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(refusal("DD/MM/YYYY HH:mm"), testing::EndsWith("found `DD/MM/YYYY HH:mm`; write `%d/%m/%Y %H:%M`"));
  EXPECT_THAT(refusal("yyyy-MM-dd hh:MM:ss"), testing::EndsWith("; write `%Y-%m-%d %H:%M:%S`"));
  EXPECT_THAT(refusal("yyyy-mm-dd"), testing::EndsWith("; write `%Y-%m-%d`"));
  EXPECT_THAT(refusal("dd-MMM-yy"), testing::EndsWith("; write `%d-%b-%y`"));
  EXPECT_THAT(refusal("HH:mm"), testing::EndsWith("found `HH:mm`"));
  EXPECT_THAT(refusal("RFC 3339"), testing::EndsWith("found `RFC 3339`"));
}

TEST(GuessFormats, GivesBothReadingsOfADayAndAMonth) {
  EXPECT_THAT(guess_formats("11/03/2011 10:00"), ElementsAre("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"));
  EXPECT_THAT(guess_formats("20/10/2011 10:00"), ElementsAre("%d/%m/%Y %H:%M"));
  EXPECT_THAT(guess_formats("10/20/11 1:05:30 PM"), ElementsAre("%m/%d/%y %I:%M:%S %p"));
  EXPECT_THAT(guess_formats("10.03.2004 18.00.00"), ElementsAre("%d.%m.%Y %H.%M.%S", "%m.%d.%Y %H.%M.%S"));
  EXPECT_THAT(guess_formats("2024-3-1 0:00"), ElementsAre("%Y-%m-%d %H:%M"));
  EXPECT_THAT(guess_formats("1-Mar-2024"), ElementsAre("%d-%b-%Y"));
  EXPECT_THAT(guess_formats("20240301T000000Z"), ElementsAre("%Y%m%dT%H%M%S%z"));
  EXPECT_THAT(guess_formats("01-Mar-26"), ElementsAre("%d-%b-%y", "%y-%b-%d"));
  EXPECT_THAT(guess_formats("Mar 1, 2026 12:00:00"), ElementsAre("%b %d, %Y %H:%M:%S"));
  EXPECT_THAT(guess_formats("March 1 2026, 1:00 PM"), ElementsAre("%b %d %Y, %I:%M %p"));
  EXPECT_THAT(guess_formats("1 mar 2026 12:00"), ElementsAre("%d %b %Y %H:%M"));
  EXPECT_THAT(guess_formats("1 Mar., 2026"), ElementsAre("%d %b., %Y"));
  EXPECT_THAT(guess_formats("2026-03-01 12:00:00 UTC"), ElementsAre("%Y-%m-%d %H:%M:%S UTC"));
  EXPECT_THAT(guess_formats("2026-03-01 12:00:00 Z"), ElementsAre("%Y-%m-%d %H:%M:%S %z"));
  for (const char* const text : {"1 Mar", "Mar 1", "31 Feb 2026", "1 Mai 2026"})
    EXPECT_THAT(guess_formats(text), IsEmpty()) << text;
  for (const char* const text : {"", "yesterday", "12", "31/02/2024", "2024-03-01T", "1/2/2024 25:00"})
    EXPECT_THAT(guess_formats(text), IsEmpty()) << text;
}

TEST(ParseEpoch, IsExactToTheNanosecond) {
  const struct {
    const char* text;
    TimeUnit unit;
    std::int64_t ns;
  } cases[] = {{"0", TimeUnit::s, 0},
               {"1641667732350000001", TimeUnit::ns, 1'641'667'732'350'000'001},
               {"-1.5", TimeUnit::s, -1'500'000'000},
               {"1.663830962276e+12", TimeUnit::ms, 1'663'830'962'276'000'000},
               {"1663830962.276000000000000000000", TimeUnit::s, 1'663'830'962'276'000'000},
               {"15e-1", TimeUnit::us, 1'500},
               {"9223372036854775807", TimeUnit::ns, INT64_MAX},
               {"-9223372036854775808", TimeUnit::ns, INT64_MIN}};
  for (const auto& [text, unit, ns] : cases) {
    const auto time = parse_epoch(text, unit, '.');
    ASSERT_TRUE(time) << text << " " << time.expected;
    EXPECT_EQ(time.value, ns) << text;
  }
  for (const char* const text : {"", "-", ".", "1e", "1x", "0x1", "1.5e-9", "0.0000000001", "9223372036.854775808",
                                 "1e400", "1e99999999999", "99999999999999999999", "0.00000000000000000000000000001"})
    EXPECT_FALSE(parse_epoch(text, TimeUnit::s, '.')) << text;
}

}  // namespace
}  // namespace csv
