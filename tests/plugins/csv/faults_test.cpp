// The faults that users of such systems report, O01 to O14: each test has the input of its entry and what is right for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "reads_files.hpp"

namespace csv {
namespace {

using namespace std::string_literals;
using penstock::fixture::Cell;
using penstock::fixture::null;
using penstock::fixture::Table;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

using List = std::vector<std::string>;
constexpr std::int64_t second = 1'000'000'000, minute = 60 * second;

class CsvFaults : public ReadsFiles {
 protected:
  // One row per text in the column.
  static std::string values(const List& texts) {
    std::string file = "sensor_id,timestamp,value\n";
    for (const std::string& text : texts) file += "T1,2024-03-01T00:00:00Z," + text + "\n";
    return file;
  }
  static std::string times(const List& texts) {
    std::string file = "sensor_id,timestamp,value\n";
    for (const std::string& text : texts) file += "T1," + text + ",1\n";
    return file;
  }
  const std::string& reason(std::size_t rejection = 0) const { return node.rejections().at(rejection).reason; }
  std::string place(std::size_t rejection = 0) const {
    return node.rejections().at(rejection).place.substr(path.size() + 1);
  }
};

TEST_F(CsvFaults, O01_AByteOrderMarkIsNoPartOfTheFirstName) {
  for (const std::string name : {"sensor_id", "\"sensor_id\""}) {
    EXPECT_THAT(read("\xEF\xBB\xBF" + name + ",timestamp,value,unit\nT1,2024-03-01T00:00:00Z,20.5,C\n")["sensor_id"],
                ElementsAre("T1"));
  }
}

TEST_F(CsvFaults, O01_TwoFilesJoinedAreRefusedAtTheSecondMark) {
  const std::string file = "\xEF\xBB\xBF" + header + "T1,2024-03-01T00:00:00Z,20.5,C\n";
  EXPECT_THAT(read(file + file)["value"], ElementsAre(20.5, 20.5));
  EXPECT_EQ(place(), "3:1");
}

TEST_F(CsvFaults, O01_Utf16IsRefusedWithTheCommandThatConvertsIt) {
  read("\xFF\xFEs\0e\0"s);
  EXPECT_THAT(failure(), AllOf(HasSubstr("UTF-16, expected UTF-8"), HasSubstr("`iconv -f UTF-16 -t UTF-8`")));
}

TEST_F(CsvFaults, O02_RowsOfAnotherWidthAreRefusedAndBlankLinesCounted) {
  const Table rows = read(header +
                          "T1,2024-03-01T00:00:00Z,20.5,C\nT1,2024-03-01T00:01:00Z,20.6\n"
                          "T1,2024-03-01T00:02:00Z,20.7,C,extra\n\nT1,2024-03-01T00:03:00Z,20.8,\n");
  EXPECT_THAT(rows["value"], ElementsAre(20.5, 20.8));
  EXPECT_THAT(rows["unit"], ElementsAre("C", null));
  ASSERT_THAT(node.rejections(), SizeIs(2));
  EXPECT_EQ(reason(0), "expected 4 fields, found 3");
  EXPECT_EQ(reason(1), "expected 4 fields, found 5");
  EXPECT_EQ(metric("blank_lines"), 1);
}

TEST_F(CsvFaults, O03_AFileOfNothingButItsHeaderHasNoRows) {
  for (const std::string& text : {header, "sensor_id,timestamp,value,unit"s}) {
    EXPECT_EQ(read(text).rows(), 0u);
    EXPECT_EQ(status, PENSTOCK_END);
  }
}

TEST_F(CsvFaults, O03_AFileWithoutAHeaderIsRefused) {
  for (const char* const text : {"", "\n", "\nsensor_id,timestamp,value\n"}) {
    read(text);
    EXPECT_EQ(status, PENSTOCK_FAILED);
    EXPECT_THAT(failure(), HasSubstr(path + ":1:1: expected a header")) << text;
  }
}

TEST_F(CsvFaults, O03_AFileMayHaveNoHeader) {
  const List columns{"sensor_id=#1", "timestamp=#2", "value=#3"};
  for (const char* const text : {"", "\n"}) {
    EXPECT_EQ(read(text, {{"header", "none"}, {"fields", columns}}).rows(), 0u);
    EXPECT_EQ(status, PENSTOCK_END);
  }
  const Table rows =
      read("T1,2024-03-01T00:00:00Z,20.5\nT2,2024-03-01T00:00:00Z,21.5\n", {{"header", "none"}, {"fields", columns}});
  EXPECT_THAT(rows["sensor_id"], ElementsAre("T1", "T2"));
  read("T1;2024-03-01T00:00:00Z;20,5\n", {{"header", "none"}, {"fields", columns}});
  EXPECT_THAT(failure(), HasSubstr("expected a column 3 for `value`, found 2 columns; set `delimiter: \";\"` if that"));
  EXPECT_EQ(node.configure({{"path", path}, {"header", "none"}, {"sensor_id", "T1"}}), PENSTOCK_REFUSED);
  EXPECT_THAT(failure(), HasSubstr("`fields: [timestamp=#1, value=#2]`"));
  EXPECT_EQ(node.configure({{"path", path}, {"header", "none"}}), PENSTOCK_REFUSED);
  EXPECT_THAT(failure(), HasSubstr("`fields: [sensor_id=#1, timestamp=#2, value=#3]`"));
}

TEST_F(CsvFaults, O03_LinesBeforeTheHeaderAreLeftOutIfToldSo) {
  const Table rows = read("logger \"7\n\n" + header + "T1,yesterday,20.5,C\n", {{"skip", std::uint64_t{2}}});
  EXPECT_EQ(rows.rows(), 0u);
  EXPECT_EQ(place(), "4:4");
  EXPECT_EQ(read("a\nb", {{"skip", std::uint64_t{5}}}).rows(), 0u);
  EXPECT_THAT(failure(), HasSubstr("expected a header, found nothing"));
}

TEST_F(CsvFaults, O04_ANameThatIsThereTwiceIsRefusedAtBothPlaces) {
  const std::string row = "\nT1,2024-03-01T00:00:00Z,20.5,99.9,C\n";
  for (const char* const names : {"value,value", "Value,value", "value, value"}) {
    read("sensor_id,timestamp,"s + names + ",unit" + row);
    EXPECT_EQ(status, PENSTOCK_FAILED) << names;
    EXPECT_THAT(failure(), AllOf(StartsWith(path + ":1:27: column `"), HasSubstr(" at 1:21 and column"))) << names;
    EXPECT_THAT(read("sensor_id,timestamp,"s + names + ",unit" + row, {{"fields", List{"value=#4"}}})["value"],
                ElementsAre(99.9))
        << names;
  }
}

TEST_F(CsvFaults, O04_AColumnWithoutANameIsNotUsed) {
  EXPECT_THAT(read("sensor_id,timestamp,value,\nT1,2024-03-01T00:00:00Z,1,x\n")["value"], ElementsAre(1.0));
  EXPECT_THAT(node.logs(), ElementsAre(HasSubstr("not used: ``")));
}

TEST_F(CsvFaults, O05_NulBytesAreRefusedAndNeverPrinted) {
  const Table rows = read(header + "T\0001,2024-03-01T00:00:00Z,20.5,C\nT1,2024-03-01T00:01:00Z,2\0000.5,C\n"s +
                          "\0\0\0\0\nT1,2024-03-01T00:02:00Z,20.7,C\n"s + std::string(1'000'000, '\0'));
  EXPECT_THAT(rows["value"], ElementsAre(20.7));
  ASSERT_THAT(node.rejections(), SizeIs(4));
  EXPECT_THAT(reason(0), AllOf(HasSubstr("NUL"), HasSubstr("`T\\01`")));
  for (const auto& rejection : node.rejections()) EXPECT_EQ(rejection.reason.find('\0'), std::string::npos);
}

TEST_F(CsvFaults, O06_TheLastLineNeedsNoNewline) {
  EXPECT_THAT(read(header + "T1,2024-03-01T00:00:00Z,20.5,C")["value"], ElementsAre(20.5));
}

const std::string air_quality =
    "Date;Time;T;RH;;\r\n10/03/2004;18.00.00;13,6;48,9;;\r\n10/03/2004;19.00.00;-200;47,7;;\r\n"
    "10/03/2004;20.00.00;1.013,25;n/a;;\r\n;;;;;\r\n";

TEST_F(CsvFaults, O07_DecimalCommasSemicolonsAndWordsForMissingAreReadAsTheOperatorSays) {
  const Table rows = read(air_quality, {{"sensor_id", "A1"},
                                        {"delimiter", ";"},
                                        {"decimal", ","},
                                        {"thousands", "."},
                                        {"null", List{"-200", "n/a"}},
                                        {"fields", List{"timestamp=Date", "timestamp=Time", "value=T"}},
                                        {"format", "%d/%m/%Y %H.%M.%S"},
                                        {"zone", "UTC"}});
  EXPECT_EQ(status, PENSTOCK_END);
  EXPECT_THAT(node.rejections(), IsEmpty());
  EXPECT_THAT(rows["value"], ElementsAre(13.6, null, 1013.25));
  EXPECT_EQ(rows["timestamp"][0], Cell(1'078'941'600 * second));
  EXPECT_EQ(metric("blank_lines"), 1);
}

TEST_F(CsvFaults, O07_TheSameFileAsItIsIsRefusedAtItsHeader) {
  read(air_quality);
  EXPECT_THAT(failure(),
              AllOf(HasSubstr(":1:1: expected several columns, found 1 column"), HasSubstr("set `delimiter: \";\"`")));
}

TEST_F(CsvFaults, O07_ASymbolThatIsCalledByItsNameIsShownAsItIsWritten) {
  const auto refusal_of = [&](const char* parameter, const char* name) {
    EXPECT_EQ(node.configure({{"path", path}, {parameter, name}}), PENSTOCK_REFUSED);
    return failure();
  };
  EXPECT_THAT(refusal_of("delimiter", "semicolon"), EndsWith("found `semicolon`; write `\";\"`"));
  EXPECT_THAT(refusal_of("delimiter", "space"), EndsWith("; write `\" \"`"));
  EXPECT_THAT(refusal_of("quote", "single"), EndsWith("; write `\"'\"`"));
  EXPECT_THAT(refusal_of("quote", "double"), EndsWith("; write `'\"'`"));
  EXPECT_THAT(refusal_of("delimiter", "slash"), EndsWith("found `slash`"));
}

TEST_F(CsvFaults, O03_AFileOfAnotherKindIsCalledByItsName) {
  read("\x1F\x8B\x08\x01\x02\x03");
  EXPECT_THAT(failure(), StartsWith(path + ":1:1: found gzip, expected text; run `zcat FILE | penstock run PIPELINE`"));
  for (const char* const json : {"{\"sensor_id\": \"T1\"}\n", "[\n {\"sensor_id\": \"T1\"}\n]\n"}) {
    read(json);
    EXPECT_THAT(failure(), EndsWith("; this looks like JSON: convert it to CSV"));
  }
  EXPECT_EQ(read("[note],{sensor_id},sensor_id,timestamp,value\n,,T1,2024-03-01T00:00:00Z,1\n").rows(), 1u);
}

TEST_F(CsvFaults, O09_ATimeOfUnknownFormIsOfferedTheParameter) {
  read(times({"about 12 in the morning"}));
  EXPECT_THAT(reason(), EndsWith("in column `timestamp`; or set `format`, such as `%d %b %Y %H:%M`"));
  read(times({"2024-02-30T00:00:00Z"}));
  EXPECT_THAT(reason(1), EndsWith("in column `timestamp`")) << "its form is known";
}

TEST_F(CsvFaults, O07_ThousandsMarksStandBetweenGroupsOfThree) {
  const Table rows = read(
      "sensor_id;timestamp;value\nT1;2024-03-01T00:00:00Z;1,234\nT1;2024-03-01T00:00:00Z;12,34\n"
      "T1;2024-03-01T00:00:00Z;-1,234,567.5\nT1;2024-03-01T00:00:00Z;1234,567\n",
      {{"delimiter", ";"}, {"thousands", ","}});
  EXPECT_THAT(rows["value"], ElementsAre(1234.0, -1234567.5));
  EXPECT_EQ(place(0), "3:27");
  EXPECT_EQ(place(1), "5:29");
}

TEST_F(CsvFaults, O07_APartOfTheTimeIsRefusedInItsOwnColumn) {
  read("day,clock,value\n2024-03-01,25:00:00,1\n",
       {{"sensor_id", "A1"}, {"zone", "UTC"}, {"fields", List{"timestamp=day", "timestamp=clock"}}});
  EXPECT_EQ(place(), "2:12");
  EXPECT_THAT(reason(), AllOf(HasSubstr("an hour"), HasSubstr("`2024-03-01 25:00:00`")));
}

TEST_F(CsvFaults, O08_NumbersAreExactOrRefusedAtTheirFirstWrongByte) {
  const Table rows = read(values({"-0", "5.", ".5", "007", "4.9e-324", "99999999999999999999", "+1.5",
                                  "1.7976931348623157e308", "1e-400", "\"\""}));
  EXPECT_THAT(node.rejections(), IsEmpty());
  EXPECT_THAT(rows["value"],
              ElementsAre(-0.0, 5.0, 0.5, 7.0, 5e-324, 1e20, 1.5, std::numeric_limits<double>::max(), 0.0, null));
  EXPECT_TRUE(std::signbit(rows["value"][0].as<double>()));
  EXPECT_EQ(metric("underflows"), 1);

  const std::pair<const char*, int> wrong[] = {
      {"1e400", 0}, {"-1e400", 0}, {"0x1F", 1}, {" 1.5", 0}, {"1.5 ", 3},      {"12abc", 2},
      {"1e", 1},    {"1_000", 1},  {".", 0},    {"-", 0},    {"nan(snan)", 3}, {"1.7976931348623159e308", 0}};
  for (const auto& [text, at] : wrong) {
    EXPECT_EQ(read(values({text})).rows(), 0u) << text;
    EXPECT_EQ(node.rejections().back().place, path + ":2:" + std::to_string(25 + at)) << text;
  }
  EXPECT_THAT(node.rejections().back().reason, HasSubstr("range of f64"));
}

TEST_F(CsvFaults, O08_WhatIsNotFiniteIsKeptNullOrRefused) {
  const std::string file = values({"nan", "NaN", "-nan", "inf", "Infinity", "-inf"});
  const Table kept = read(file);
  EXPECT_TRUE(std::isnan(kept["value"][0].as<double>()));
  EXPECT_EQ(kept["value"][5], Cell(-HUGE_VAL));
  EXPECT_THAT(read(file, {{"non_finite", "null"}})["value"], testing::Each(null));
  EXPECT_EQ(read(file, {{"non_finite", "reject"}}).rows(), 0u);
  EXPECT_THAT(node.rejections(), SizeIs(6));
}

TEST_F(CsvFaults, O08_BlanksAroundAFieldAreNamed) {
  const std::string blanks = "the blanks before it are part of the field: take them out of the file";
  const auto last_of = [&](const std::string& file) {
    read(file);
    return node.rejections().back().reason;
  };
  EXPECT_THAT(last_of(times({" 2024-03-01T00:00:00Z"})), HasSubstr(blanks));
  EXPECT_THAT(last_of(values({" 20.5"})), HasSubstr(blanks));
  EXPECT_THAT(last_of(values({"20.5 "})), HasSubstr("the blanks behind it"));
  EXPECT_THAT(last_of(times({" 01/03/2024 12:00"})), AllOf(HasSubstr(blanks), HasSubstr("%d/%m/%Y %H:%M")));
  EXPECT_THAT(last_of(values({"\" 20.5\""})), EndsWith("take them out of the file"));
  read("sensor_id, timestamp, value\nT1, 2024-03-01T00:00:00Z, 20.5\n");
  EXPECT_THAT(failure(),
              AllOf(HasSubstr(":1:11: expected a column `timestamp`, found ` timestamp`"), HasSubstr(blanks)));
}

TEST_F(CsvFaults, O09_ADateOfUnknownOrderIsRefusedWithTheLineForEachReading) {
  const std::string file = times({"11/03/2011 10:00", "03/05/2011 10:00", "20/10/2011 10:00"});
  EXPECT_EQ(read(file).rows(), 0u);
  EXPECT_THAT(reason(0), AllOf(HasSubstr("`format: \"%d/%m/%Y %H:%M\"` if the day comes first"),
                               HasSubstr("`format: \"%m/%d/%Y %H:%M\"` if the month does")));
  EXPECT_THAT(reason(2), EndsWith("; set `format: \"%d/%m/%Y %H:%M\"`; and `zone: UTC`, or where the clock stood, "
                                  "as the time has no offset"));
  read(file, {{"zone", "UTC"}});
  EXPECT_THAT(reason(5), EndsWith("; set `format: \"%d/%m/%Y %H:%M\"`"));
}

// A form for the date alone would make each of them midnight.
TEST_F(CsvFaults, O09_ADateIsOfferedTheColumnOfItsTimeOfDayAndNoForm) {
  const std::string rows = "T1,2026-03-01,12:00:00,21.5\n";
  read("sensor_id,date,time,value\n" + rows, {{"fields", List{"timestamp=date"}}});
  EXPECT_THAT(reason(), EndsWith("found `2026-03-01` in column `timestamp`; its time of day stands in column `time`: "
                                 "write both in `fields`, `timestamp=#2` and `timestamp=#3`"));
  read(rows, {{"header", "none"}, {"fields", List{"sensor_id=#1", "timestamp=#2", "value=#4"}}});
  EXPECT_THAT(reason(1), HasSubstr("stands in column 3: write both"));
}

TEST_F(CsvFaults, O09_AFormWithoutATimeOfDayIsWarnedOfWhereAColumnHasOne) {
  const auto warnings = [&](const std::string& header, const std::string& format) {
    read(header + "\nT1,2026-03-01,12:00:00,21.5\n",
         {{"fields", List{"timestamp=#2"}}, {"format", format}, {"zone", "UTC"}});
    std::string all;
    for (const std::string& line : node.logs()) all += line + "\n";
    return all;
  };
  EXPECT_THAT(warnings("sensor_id,date,note,value", "%Y-%m-%d"), Not(HasSubstr("midnight")));
  EXPECT_THAT(warnings("sensor_id,date,Local Time,value", "%Y-%m-%d"),
              HasSubstr("`format` has no time of day, so every time is that of midnight; if it stands in column `Local "
                        "Time`: write both in `fields`, `timestamp=#2` and `timestamp=#3`"));
}

TEST_F(CsvFaults, O09_AFormIsOfferedOnlyWhereNoTimeWasReadWithoutIt) {
  const auto last = [&] { return node.rejections().back().reason; };
  for (const char* const text : {"11/03/2011 10:00", "1646666923"}) {
    EXPECT_EQ(read(times({text, text})).rows(), 0u);
    EXPECT_THAT(last(), HasSubstr("; set `")) << "no row above that it would break";
    EXPECT_EQ(read(times({text, "2024-03-01T00:00:00Z", text})).rows(), 1u);
    EXPECT_THAT(last(), EndsWith("in column `timestamp`"));
    EXPECT_EQ(read(times({"2024-03-01T00:00:00Z", text}), {}, 1).rows(), 1u);
    EXPECT_THAT(last(), EndsWith("in column `timestamp`")) << "the row above went with another batch";
  }
}

TEST_F(CsvFaults, O09_AFormHoldsForTheWholeColumn) {
  const std::string file = times({"11/03/2011 10:00", "03/05/2011 10:00", "20/10/2011 10:00"});
  const Table days = read(file, {{"format", "%d/%m/%Y %H:%M"}, {"zone", "UTC"}});
  EXPECT_THAT(days["timestamp"], ElementsAre(1'299'837'600 * second, 1'304'416'800 * second, 1'319'104'800 * second));
  EXPECT_EQ(read(file, {{"format", "%m/%d/%Y %H:%M"}, {"zone", "UTC"}}).rows(), 2u);
  EXPECT_THAT(reason(), StartsWith("expected a day of the calendar, found `20/10/2011 10:00`"));
  EXPECT_EQ(place(), "4:4");
}

TEST_F(CsvFaults, O09_ALetterZInAFormIsNoOffset) {
  const std::string file = times({"2024-03-01T12:00:00Z"});
  EXPECT_EQ(read(file, {{"format", "%Y-%m-%dT%H:%M:%SZ"}}).rows(), 0u);
  EXPECT_EQ(reason(),
            "expected `%z` at the end of `format` (its `Z` is a letter like any other there), found "
            "`2024-03-01T12:00:00Z` in column `timestamp`");
  EXPECT_EQ(place(), "2:23");
  EXPECT_EQ(read(file, {{"format", "%Y-%m-%dT%H:%M:%S%z"}}).rows(), 1u);
  EXPECT_EQ(read(file, {{"format", "%Y-%m-%dT%H:%M:%SZ"}, {"zone", "UTC"}}).rows(), 1u);
}

TEST_F(CsvFaults, O09_WithoutAFormOnlyTheFormsOfRfc3339AreTaken) {
  const Table rows =
      read(times({"20240301T000000Z", "2024-3-1 0:00", "2024-03-01T00:00:00Z", "2024-03-01 00:00:00",
                  "2024-03-01T00:00:00+01:00", "2024-03-01T00:00:00.123456789Z", "2024-03-01T00:00:00.1234567891Z"}));
  EXPECT_THAT(rows["timestamp"], ElementsAre(march_first, march_first - 60 * minute, march_first + 123'456'789));
  ASSERT_THAT(node.rejections(), SizeIs(4));
  EXPECT_THAT(reason(0), HasSubstr("`format: \"%Y%m%dT%H%M%S%z\"`"));
  EXPECT_THAT(reason(1), HasSubstr("`format: \"%Y-%m-%d %H:%M\"`"));
  EXPECT_THAT(reason(2), HasSubstr("`zone: UTC`"));
  EXPECT_THAT(reason(3), HasSubstr("at most 9 digits"));
}

TEST_F(CsvFaults, O10_NumbersAreTimesOnlyInAUnitThatIsSaid) {
  EXPECT_EQ(read(times({"1646666923"})).rows(), 0u);
  EXPECT_THAT(reason(), HasSubstr("`time_unit: s`"));
  EXPECT_THAT(read(times({"1641667732350000000"}), {{"time_unit", "ns"}})["timestamp"],
              ElementsAre(1'641'667'732'350'000'000));
  EXPECT_THAT(read(times({"1.663830962276e+12", "1663830962276"}), {{"time_unit", "ms"}})["timestamp"],
              ElementsAre(1'663'830'962'276'000'000, 1'663'830'962'276'000'000));
  EXPECT_THAT(read(times({"1646666923", "1646666923.5"}), {{"time_unit", "s"}})["timestamp"],
              ElementsAre(1'646'666'923 * second, 1'646'666'923 * second + second / 2));
  EXPECT_THAT(node.logs(), IsEmpty());
}

TEST_F(CsvFaults, O10_ATimeThatIsUnlikelyInItsUnitIsWarnedOfOnce) {
  const Table rows = read(times({"1646666923", "1646666924", "1646666923000"}), {{"time_unit", "ms"}});
  EXPECT_EQ(rows["timestamp"][0], Cell(std::int64_t{1'646'666'923'000'000}));
  EXPECT_EQ(rows.rows(), 3u);
  EXPECT_THAT(node.logs(), ElementsAre(AllOf(HasSubstr(":2:4: "), HasSubstr("did you mean `time_unit: s`?"))));
}

TEST_F(CsvFaults, O10_ATimeBeyondTheRangeIsRefusedWithTheUnitThatFits) {
  read(times({"1646666923000"}), {{"time_unit", "s"}});
  EXPECT_THAT(reason(), AllOf(HasSubstr("2262-04-11"), HasSubstr("did you mean `time_unit: ms`?")));
}

TEST_F(CsvFaults, O11_TheEndsOfTimeAreExactOrRefused) {
  const Table rows = read(times({"2262-04-11T23:47:16.854775807Z", "1969-12-31T23:59:59.5Z", "2016-12-31T23:59:59Z",
                                 "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"}));
  EXPECT_EQ(rows["timestamp"][0], Cell(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(rows["timestamp"][1], Cell(std::int64_t{-500'000'000}));
  EXPECT_EQ(rows["timestamp"][3], Cell(1'483'228'800 * second - 1));
  const List wrong{"9999-12-31T23:59:59Z", "2262-04-11T23:47:16.854775808Z", "1600-01-01T00:00:00Z",
                   "2024-03-01T24:00:00Z", "2023-02-29T00:00:00Z",           "0000-00-00 00:00:00"};
  EXPECT_EQ(read(times(wrong), {{"zone", "UTC"}}).rows(), 0u);
  ASSERT_THAT(node.rejections(), SizeIs(6));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_THAT(reason(i), AllOf(HasSubstr("1677-09-21"), HasSubstr("2262-04-11")));
  EXPECT_THAT(reason(3), HasSubstr("an hour from 00 to 23"));
  EXPECT_THAT(reason(4), HasSubstr("a day of the calendar"));
  EXPECT_THAT(read(times({"-1.5"}), {{"time_unit", "s"}})["timestamp"], ElementsAre(-1'500'000'000));
}

TEST_F(CsvFaults, O12_ATimeThatGoesBackOrStandsStillIsCountedAndPassedOn) {
  std::string file = header;
  const auto add = [&](int at) {
    const std::string minutes = std::to_string(100 + at % 60).substr(1),
                      hours = std::to_string(100 + at / 60).substr(1);
    file += "T1,2024-03-01T" + hours + ":" + minutes + ":00Z,1,C\n";
  };
  for (int at = 0; at <= 175; at += 5) add(at);
  for (int at = 120; at <= 240; at += 5) add(at);  // the clock was set back from 02:55 to 02:00
  EXPECT_EQ(read(file).rows(), 61u);
  EXPECT_EQ(metric("out_of_order"), 11);
  EXPECT_EQ(metric("duplicate_time"), 12);
}

TEST_F(CsvFaults, O12_OneTimeFromTheFutureDoesNotHideADuplicate) {
  EXPECT_EQ(read(header + "T1,2024-03-01T00:00:00Z,1,C\nT1,2034-03-01T00:00:00Z,2,C\nT1,2024-03-01T00:02:00Z,3,C\n"
                          "T1,2024-03-01T00:02:00Z,4,C\n")
                .rows(),
            4u);
  EXPECT_EQ(metric("out_of_order"), 2);
  EXPECT_EQ(metric("duplicate_time"), 1);
}

TEST_F(CsvFaults, O13_TextThatIsNotUtf8IsRefusedAtItsByte) {
  const std::string bad[] = {
      "\xB0"
      "C",
      "\xC0\x80", "\xED\xA0\x80", "\xE2\x82"};
  for (const std::string& unit : bad) {
    const Table rows = read(header + "T1,2024-03-01T00:00:00Z,20.5,C\nT1,2024-03-01T00:01:00Z,21.5," + unit + "\n");
    EXPECT_EQ(rows.rows(), 1u);
    EXPECT_EQ(node.rejections().back().place, path + ":3:30");
  }
  EXPECT_THAT(reason(0), AllOf(HasSubstr("`\\xB0C`"), HasSubstr("is this Latin-1? set `encoding: latin1`")));
}

TEST_F(CsvFaults, O13_Latin1IsReadAsWhatItSays) {
  const Table rows = read(
      "sensor_id,timestamp,Temp\xE9rature,unit\nT1,2024-03-01T00:01:00Z,21.5,\xB0"
      "C\n",
      {{"encoding", "latin1"}, {"fields", List{"value=Temp\u00e9rature"}}});
  EXPECT_THAT(rows["unit"], ElementsAre("\u00b0C"));
  EXPECT_THAT(rows["value"], ElementsAre(21.5));
}

TEST_F(CsvFaults, O14_ALineOfManyMegabytesIsRefusedWithItsLength) {
  const Table rows = read(header + "T1,2024-03-01T00:00:00Z,1,C\n" + std::string(20'000'000, 'A') +
                          ",2024-03-01T00:01:00Z,2,C\nT1,2024-03-01T00:02:00Z,3,C\n");
  EXPECT_THAT(rows["value"], ElementsAre(1.0, 3.0));
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_THAT(reason(), AllOf(HasSubstr("at most 1 MiB"), HasSubstr("20000025 bytes in all")));
}

TEST_F(CsvFaults, O14_AHeaderThatNeverEndsIsRefusedAtTheLimit) {
  path = "/dev/zero";
  configure();
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  for (status = PENSTOCK_OK; status == PENSTOCK_OK;) status = node.stream(64);
  EXPECT_EQ(status, PENSTOCK_FAILED);
  EXPECT_THAT(failure(),
              HasSubstr("/dev/zero:1:1: expected a header with a record of at most 1 MiB, as `max_line` says"));
  node.close();
}

TEST_F(CsvFaults, O14_TheLimitOfALineIsTheOperators) {
  const std::string file = header + "T1,2024-03-01T00:00:00Z,1,C\nT12,2024-03-01T00:00:00Z,2,C\n";
  EXPECT_THAT(read(file, {{"max_line", std::uint64_t{29}}}).rows(), 0u);  // the header itself
  EXPECT_THAT(failure(), HasSubstr("a record of at most 29 bytes"));
  const std::string wide = header + "T1,2024-03-01T00:00:00Z,1,C\nT1,2024-03-01T00:00:00.123456789Z,2,C\n";
  EXPECT_THAT(read(wide, {{"max_line", std::uint64_t{32}}})["value"], ElementsAre(1.0));
}

TEST_F(CsvFaults, O14_AHundredThousandColumnsAndLongNamesAreOrdinary) {
  const std::string name(300, 'n');
  std::string file = header + name + ",2024-03-01T00:00:00Z,1,C\n" + name + ",2024-03-01T00:00:00Z,2,C\n";
  file += std::string(100'000, ',') + "\n";
  const Table rows = read(file);
  EXPECT_THAT(rows["sensor_id"], ElementsAre(name, name));
  EXPECT_EQ(reason(), "expected 4 fields, found 100001");
}

}  // namespace
}  // namespace csv
