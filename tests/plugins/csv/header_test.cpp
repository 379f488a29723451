#include "csv/header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <stdexcept>

namespace csv {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Columns find(const std::string& line, const Constants& constants = {}) {
  Splitter splitter;
  std::memcpy(splitter.room().data(), line.data(), line.size());
  splitter.filled(line.size());
  splitter.finish();
  return find_columns(*splitter.next(), "f.csv", constants);
}

std::string error(const std::string& line, const Constants& constants = {}) {
  try {
    find(line, constants);
  } catch (const std::runtime_error& caught) {
    return caught.what();
  }
  return "";
}

TEST(FindColumns, FindsThemInAnyOrder) {
  const Columns columns = find("value,note,sensor_id,unit,timestamp\n");
  EXPECT_EQ(columns.value, 0u);
  EXPECT_EQ(columns.sensor_id, 2u);
  EXPECT_EQ(columns.unit, 3u);
  EXPECT_EQ(columns.timestamp, 4u);
  EXPECT_EQ(columns.count, 5u);
  EXPECT_THAT(columns.ignored, testing::ElementsAre(testing::Field(&Columns::Ignored::name, "`note`")));
}

TEST(FindColumns, NeedsNoUnit) { EXPECT_EQ(find("sensor_id,timestamp,value").unit, absent); }

TEST(FindColumns, NamesAMissingColumnAndThoseThatAreThere) {
  EXPECT_THAT(error("sensor_id,time,value"),
              AllOf(HasSubstr("f.csv:1:1"), HasSubstr("`timestamp`"), HasSubstr("`time`")));
}

TEST(FindColumns, NamesAllMissingColumnsAtOnce) {
  EXPECT_EQ(
      error("sensor_id,time,reading"),
      "f.csv:1:1: expected a header with columns `timestamp` and `value`, found `sensor_id`, `time`, `reading`; "
      "say which column is which, `fields: [timestamp=NAME, value=NAME]`, with the name of a column for each NAME");
  EXPECT_EQ(
      error("id,time,Value"),
      "f.csv:1:1: expected a header with columns `timestamp`, `value` and `sensor_id`, found `id`, `time`, "
      "`Value`; say which column is which, `fields: [timestamp=NAME, value=Value, sensor_id=NAME]`, with the name "
      "of a column for each NAME; if all rows are of one sensor, set the parameter `sensor_id` to its name instead");
}

TEST(FindColumns, AsksWhetherAFirstLineOfReadingsIsARow) {
  EXPECT_THAT(error("T1,2024-03-01T00:00:00Z,20.5,C"),
              EndsWith("; if this is a row, set `header: none` and say which column is what, such as "
                       "`fields: [sensor_id=#1, timestamp=#2, value=#3, unit=#4]`"));
  EXPECT_THAT(error("20.5,01/03/2024 12:00", {.sensor_id = true, .unit = true}),
              EndsWith("`fields: [timestamp=#2, value=#1]`"));
  EXPECT_THAT(error("7,1646666923,20.5"), HasSubstr("`fields: [sensor_id=#1, timestamp=#2, value=#3]`"));
  EXPECT_THAT(error("T1,20.5", {.unit = true}), EndsWith("`fields: [sensor_id=#1, timestamp=#N, value=#2]`"));
  for (const char* const names : {"id,time,reading", "sensor_id,2024,2025", "Value,2024-03-01,1", "a,nan,inf"})
    EXPECT_THAT(error(names), Not(HasSubstr("header: none"))) << names;
}

TEST(FindColumns, RefusesLinesThatEndWithACarriageReturnAlone) {
  EXPECT_THAT(error("sensor_id,timestamp,value\rT1,2024-03-01T00:00:00Z,1\r"),
              AllOf(HasSubstr("f.csv:1:21: expected a line that ends with LF or CRLF"), HasSubstr("`tr '\\r' '\\n'`")));
  EXPECT_THAT(error("sensor_id,timestamp,value,unit\r\r\n"), HasSubstr("f.csv:1:27"));
  EXPECT_EQ(find("sensor_id,\"a\r\nnote\",timestamp,value\r\n").value, 3u);
}

TEST(FindColumns, SaysHowAFileOfOneSensorIsRead) {
  EXPECT_THAT(error("timestamp,value"), HasSubstr("parameter `sensor_id`"));
  EXPECT_EQ(find("timestamp,value", {.sensor_id = true}).sensor_id, absent);
}

TEST(FindColumns, RefusesAConstantForAColumnThatIsThere) {
  EXPECT_THAT(error("sensor_id,timestamp,value", {.sensor_id = true}),
              AllOf(HasSubstr("f.csv:1:1"), HasSubstr("leave")));
  EXPECT_THAT(error("sensor_id,timestamp,value,unit", {.unit = true}), HasSubstr("f.csv:1:27"));
}

TEST(FindColumns, RefusesAColumnThatIsThereTwiceWithBothPlaces) {
  EXPECT_THAT(error("sensor_id,timestamp,value,value,unit"), AllOf(HasSubstr("f.csv:1:27"), HasSubstr(" at 1:21 and")));
  EXPECT_THAT(error("sensor_id,timestamp,Value,value"), AllOf(HasSubstr("`Value`"), HasSubstr("`value`")));
  EXPECT_THAT(error("sensor_id,timestamp,value, value"), HasSubstr("` value`"));
}

TEST(FindColumns, OffersADelimiterThatStandsBetweenAsManyColumns) {
  EXPECT_THAT(error("sensor_id;timestamp;value"),
              HasSubstr("expected several columns, found 1 column in `sensor_id;timestamp;value`; "
                        "set `delimiter: \";\"` if that stands between them"));
  EXPECT_THAT(error("sensor_id\ttimestamp\tvalue"), HasSubstr("set `delimiter: tab`"));
  EXPECT_THAT(error("2024-01-01T00:00:00Z;20,5;a"),
              HasSubstr("found 2 columns in `2024-01-01T00:00:00Z;20,5;a`; set `delimi"));
}

TEST(FindColumns, SeesBlanksThatStandBetweenColumns) {
  EXPECT_THAT(
      error("sensor_id timestamp value unit"),
      HasSubstr("found 1 column in `sensor_id timestamp value unit`; set `delimiter: \" \"` if a blank stands"));
  EXPECT_THAT(error("sensor_id   timestamp   value"),
              HasSubstr("; blanks align the columns: write one `,` between them in their place"));
  for (const char* const prose : {"time of day", "the value of the sensor", "# sensor_id timestamp value"})
    EXPECT_THAT(error(prose), Not(HasSubstr("blank"))) << prose;
  EXPECT_THAT(error("value "), Not(HasSubstr("delimiter")));
}

TEST(FindColumns, OffersNoDelimiterThatIsRarerOrNotNeeded) {
  EXPECT_THAT(error("a,b;c,d,e"), Not(HasSubstr("delimiter")));
  EXPECT_THAT(error("timestamp,temp;C;x;y"), Not(HasSubstr("delimiter")));
  EXPECT_THAT(error("\"a,b\""), Not(HasSubstr("delimiter")));
}

TEST(FindColumns, PointsAtANameThatIsNearlyRight) {
  EXPECT_THAT(error("Sensor_ID,timestamp,value"),
              AllOf(HasSubstr("f.csv:1:1"), HasSubstr("`Sensor_ID`"), HasSubstr("`fields: [sensor_id=Sensor_ID]`")));
}

TEST(FindColumns, OffersTheNamesThatTheFileHas) {
  EXPECT_THAT(
      error("Sensor_ID,Timestamp,Value"),
      EndsWith("; say which column is which, `fields: [timestamp=Timestamp, value=Value, sensor_id=Sensor_ID]`; if "
               "all rows are of one sensor, set the parameter `sensor_id` to its name instead"));
  EXPECT_THAT(error("sensor_id,timestmap,Value"),
              EndsWith("`fields: [timestamp=timestmap, value=Value]` if that is meant"));
  EXPECT_THAT(error("sensor_id,timestamp,\"Value \""), HasSubstr("take them out of the file"));
}

std::string error_with(const std::vector<std::string>& fields, const std::string& line) {
  try {
    Splitter splitter;
    std::memcpy(splitter.room().data(), line.data(), line.size());
    splitter.filled(line.size());
    splitter.finish();
    find_columns(*splitter.next(), "f.csv", {true, true}, FieldMap(fields));
  } catch (const std::runtime_error& caught) {
    return caught.what();
  }
  return "";
}

TEST(FindColumns, OffersBothColumnsOfATimeWhereTheDateStandsApart) {
  EXPECT_EQ(error("sensor_id,date,time,value"),
            "f.csv:1:1: expected a header with a column `timestamp`, found `sensor_id`, `date`, `time`, `value`; say "
            "which column is which, `fields: [timestamp=date, timestamp=time]`, if date and time are two columns");
  EXPECT_THAT(error("Local_Date;Local Time;id,value"), Not(HasSubstr("two columns")));
  EXPECT_THAT(error("value,Local_Date,\"a, time\",id"),
              HasSubstr("`fields: [timestamp=Local_Date, timestamp=#3, sensor_id=NAME]`, if date and time"));
  EXPECT_THAT(error("value,date,date_time,sensor_id"), HasSubstr("`fields: [timestamp=NAME]`"));
}

TEST(FindColumns, OffersBothColumnsOfATimeInAFileWithoutHeader) {
  EXPECT_THAT(error("2026-03-01,12:00:00,T1,20.5"),
              HasSubstr("`fields: [sensor_id=#3, timestamp=#1, timestamp=#2, value=#4]`"));
}

TEST(FieldMap, SaysThatAnItemStandsTheOtherWayRound) {
  EXPECT_EQ(error_with({"temperature=value"}, "timestamp,temperature"),
            "expected the column behind the `=`, found `temperature=value`; write it the other way round: "
            "`value=temperature`");
  EXPECT_THAT(error_with({"temperature=reading"}, "timestamp,value"), HasSubstr("expected `sensor_id=`, `timestamp=`"));
}

TEST(FieldMap, SaysThatTheColumnsOfATimeAreNamedOneByOne) {
  EXPECT_EQ(error_with({"timestamp=date+time"}, "date,time,value"),
            "f.csv:1:1: expected a column `date+time`, found `date` and `time`; name `timestamp` twice: `fields: "
            "[timestamp=date, timestamp=time]`");
}

TEST(FieldMap, OffersTheNameThatIsNearest) {
  EXPECT_THAT(error_with({"value=temprature"}, "timestamp,temperature"),
              EndsWith("`fields: [value=temperature]` if that is meant"));
  EXPECT_THAT(error_with({"value=temp"}, "timestamp,Temp"),
              EndsWith("expected a column `temp`, found `Temp`; write `fields: [value=Temp]`"));
}

TEST(FindColumns, RefusesABlankFirstLine) {
  EXPECT_THAT(error("\nsensor_id"), HasSubstr("f.csv:1:1: expected a header"));
}

TEST(FindColumns, LetsAnEmptyNameBe) { EXPECT_EQ(find("sensor_id,timestamp,value,").count, 4u); }

TEST(SkipByteOrderMark, SkipsThatOfUtf8) {
  EXPECT_EQ(skip_byte_order_mark("\xEF\xBB\xBFsensor_id", "f.csv"), 3u);
  EXPECT_EQ(skip_byte_order_mark("sensor_id", "f.csv"), 0u);
}

TEST(SkipByteOrderMark, SaysHowUtf16IsConverted) {
  EXPECT_THROW(skip_byte_order_mark("\xFF\xFEs", "f.csv"), std::runtime_error);
  EXPECT_THROW(skip_byte_order_mark("\xFE\xFFs", "f.csv"), std::runtime_error);
}

}  // namespace
}  // namespace csv
