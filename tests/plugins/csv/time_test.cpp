#include "csv/time.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace csv {
namespace {

constexpr std::int64_t second = 1'000'000'000;

Parsed<std::int64_t> utc(std::string_view text) { return parse_time(text, nullptr); }

TEST(ParseTime, TakesTheFormsOfRfc3339) {
  for (const char* const text :
       {"2024-03-01T00:00:00Z", "2024-03-01t00:00:00z", "2024-03-01 00:00:00Z", "2024-03-01T00:00:00.000Z",
        "2024-03-01T01:00:00+01:00", "2024-02-29T18:30:00-05:30", "2024-03-01T00:00:00-00:00"})
    EXPECT_EQ(utc(text).value, 1'709'251'200 * second) << text;
}

TEST(ParseTime, KeepsEveryNanosecond) {
  EXPECT_EQ(utc("1970-01-01T00:00:00.123456789Z").value, 123'456'789);
  EXPECT_EQ(utc("1970-01-01T00:00:00.1Z").value, 100'000'000);
  EXPECT_EQ(utc("1969-12-31T23:59:59.5Z").value, -500'000'000);
}

TEST(ParseTime, ReachesBothEndsOfItsRange) {
  EXPECT_EQ(utc("2262-04-11T23:47:16.854775807Z").value, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(utc("1677-09-21T00:12:43.145224192Z").value, std::numeric_limits<std::int64_t>::min());
  for (const char* const text : {"2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z",
                                 "9999-12-31T23:59:59Z", "1600-01-01T00:00:00Z", "0000-01-01T00:00:00Z"}) {
    ASSERT_FALSE(utc(text)) << text;
    EXPECT_NE(std::string(utc(text).expected).find("2262-04-11"), std::string::npos) << text;
  }
}

TEST(ParseTime, PutsALeapSecondAtTheEndOfItsMinute) {
  EXPECT_EQ(utc("2016-12-31T23:59:60Z").value, 1'483'228'800 * second - 1);
  EXPECT_EQ(utc("2017-01-01T00:59:60.5+01:00").value, 1'483'228'800 * second - 1);
  EXPECT_FALSE(utc("2016-12-31T12:00:60Z"));
}

TEST(ParseTime, RefusesWhatNoClockShows) {
  const struct {
    const char* text;
    std::size_t at;
  } cases[] = {{"2024-03-01T24:00:00Z", 11}, {"2024-03-01T00:60:00Z", 14}, {"2024-03-01T00:00:61Z", 17},
               {"2023-02-29T00:00:00Z", 0},  {"0000-00-00 00:00:00Z", 0},  {"2024-13-01T00:00:00Z", 0}};
  for (const auto& [text, at] : cases) {
    EXPECT_FALSE(utc(text)) << text;
    EXPECT_EQ(utc(text).at, at) << text;
  }
}

TEST(ParseTime, PointsAtTheFirstByteOfAnotherForm) {
  const struct {
    const char* text;
    std::size_t at;
  } cases[] = {{"", 0},
               {"20240301T000000Z", 4},
               {"2024-3-1 0:00", 6},
               {"11/03/2011 10:00", 2},
               {"2024-03-01", 10},
               {"2024-03-01T00:00:00.Z", 20},
               {"2024-03-01T00:00:00.1234567891Z", 29},
               {"2024-03-01T00:00:00+0100", 19},
               {"2024-03-01T00:00:00+24:00", 19},
               {"2024-03-01T00:00:00Z ", 19},
               {" 2024-03-01T00:00:00Z", 0},
               {"1646666923", 4}};
  for (const auto& [text, at] : cases) {
    EXPECT_FALSE(utc(text)) << text;
    EXPECT_EQ(utc(text).at, at) << text;
  }
}

TEST(ParseTime, WantsAnOffsetOrAZone) {
  EXPECT_FALSE(utc("2024-03-01 00:00:00"));
  const Zone zone("UTC");
  EXPECT_EQ(parse_time("2024-03-01 00:00:00", &zone).value, 1'709'251'200 * second);
}

TEST(ParseTime, LetsAWrittenOffsetPrecedeTheZone) {
  const Zone zone("+05:00");
  EXPECT_EQ(parse_time("2024-03-01T00:00:00Z", &zone).value, 1'709'251'200 * second);
  EXPECT_EQ(parse_time("2024-03-01T05:00:00", &zone).value, 1'709'251'200 * second);
}

TEST(ParseTime, FollowsTheClocksOfAPlace) {
  const Zone berlin("Europe/Berlin");
  EXPECT_EQ(parse_time("2024-03-31 01:59:59", &berlin).value, 1'711'846'799 * second);
  EXPECT_EQ(parse_time("2024-03-31 03:00:00", &berlin).value, 1'711'846'800 * second);
  EXPECT_EQ(parse_time("2024-07-01 12:00:00", &berlin).value, 1'719'828'000 * second);
  EXPECT_EQ(parse_time("2024-01-01 12:00:00", &berlin).value, 1'704'106'800 * second);
}

TEST(ParseTime, RefusesATimeThatThePlaceSkippedOrHadTwice) {
  const Zone berlin("Europe/Berlin");
  EXPECT_FALSE(parse_time("2024-03-31 02:30:00", &berlin));
  EXPECT_FALSE(parse_time("2024-10-27 02:30:00", &berlin));
  EXPECT_TRUE(parse_time("2024-10-27 02:30:00+02:00", &berlin));
}

TEST(ParseTime, RefusesATimeForWhichTheClocksOfThePlaceAreNotKnown) {
  const Zone berlin("Europe/Berlin");
  EXPECT_EQ(parse_time("2037-07-01 12:00:00", &berlin).value, 2'130'055'200 * second);
  EXPECT_FALSE(parse_time("2050-07-01 12:00:00", &berlin));
  EXPECT_EQ(parse_time("2037-07-01 12:00:00", &berlin).value, 2'130'055'200 * second);
  const Zone tokyo("Asia/Tokyo");
  EXPECT_EQ(parse_time("2050-07-01 12:00:00", &tokyo).value, 2'540'257'200 * second);
}

TEST(Zone, RefusesANameThatIsNone) {
  EXPECT_THROW(Zone("Mars/Olympus"), std::runtime_error);
  EXPECT_THROW(Zone("+1:00"), std::runtime_error);
  EXPECT_THROW(Zone("../../etc/passwd"), std::runtime_error);
}

}  // namespace
}  // namespace csv
