#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <string>

#include "reads_files.hpp"

namespace csv {
namespace {

using namespace std::string_literals;
using penstock::fixture::Cell;
using penstock::fixture::null;
using penstock::fixture::Table;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

using Reader = ReadsFiles;

TEST_F(Reader, ReadsRowsOfReadings) {
  const Table rows = read(header + "T1,2024-03-01T00:00:00Z,20.5,C\nT2,2024-03-01T00:00:01Z,-1e-3,\n");
  EXPECT_EQ(status, PENSTOCK_END);
  EXPECT_THAT(rows["sensor_id"], ElementsAre("T1", "T2"));
  EXPECT_THAT(rows["timestamp"], ElementsAre(march_first, march_first + 1'000'000'000));
  EXPECT_THAT(rows["value"], ElementsAre(20.5, -1e-3));
  EXPECT_THAT(rows["unit"], ElementsAre("C", null));
  EXPECT_EQ(metric("rows_read"), 2);
  EXPECT_EQ(metric("bytes_read"), 93);
}

TEST_F(Reader, TakesAnEmptyValueAsNullAndQuotedNothingAsEmptyText) {
  const Table rows = read(header + "T1,2024-03-01T00:00:00Z,,\"\"\n");
  EXPECT_THAT(rows["value"], ElementsAre(null));
  EXPECT_THAT(rows["unit"], ElementsAre(""));
}

TEST_F(Reader, SkipsAByteOrderMark) {
  for (const char* const name : {"sensor_id", "\"sensor_id\""}) {
    EXPECT_THAT(read("\xEF\xBB\xBF"s + name + ",timestamp,value\nT1,2024-03-01T00:00:00Z,1\n")["sensor_id"],
                ElementsAre("T1"));
  }
}

TEST_F(Reader, RejectsAByteOrderMarkInTheMiddle) {
  const std::string file = "\xEF\xBB\xBF" + header + "T1,2024-03-01T00:00:00Z,1,C\n";
  EXPECT_THAT(read(file + file)["value"], ElementsAre(1.0, 1.0));
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].place, path + ":3:1");
}

TEST_F(Reader, SaysHowUtf16IsConverted) {
  read("\xFF\xFEs\0e\0"s);
  EXPECT_EQ(status, PENSTOCK_FAILED);
  EXPECT_THAT(failure(), AllOf(HasSubstr("UTF-16"), HasSubstr("iconv")));
}

TEST_F(Reader, RejectsRowsOfAnotherWidth) {
  const Table rows = read(header +
                          "T1,2024-03-01T00:00:00Z,20.5,C\nT1,2024-03-01T00:01:00Z,20.6\n"
                          "T1,2024-03-01T00:02:00Z,20.7,C,extra\n\nT1,2024-03-01T00:03:00Z,20.8,\n");
  EXPECT_THAT(rows["value"], ElementsAre(20.5, 20.8));
  ASSERT_THAT(node.rejections(), SizeIs(2));
  EXPECT_EQ(node.rejections()[0].reason, "expected 4 fields, found 3");
  EXPECT_EQ(node.rejections()[0].place, path + ":3:1");
  EXPECT_EQ(node.rejections()[0].raw, "T1,2024-03-01T00:01:00Z,20.6");
  EXPECT_EQ(node.rejections()[1].reason, "expected 4 fields, found 5");
  EXPECT_EQ(node.rejections()[1].place, path + ":4:32");
  EXPECT_EQ(metric("blank_lines"), 1);
  EXPECT_EQ(metric("bad_rows"), 2);
}

TEST_F(Reader, ReadsAFileOfNothingButItsHeader) {
  for (const std::string& text : {header, "sensor_id,timestamp,value,unit"s}) {
    EXPECT_EQ(read(text).rows(), 0u);
    EXPECT_EQ(status, PENSTOCK_END);
  }
}

TEST_F(Reader, WantsAHeader) {
  for (const char* const text : {"", "\n", "\nsensor_id,timestamp,value\n", "\xEF\xBB\xBF"}) {
    read(text);
    EXPECT_EQ(status, PENSTOCK_FAILED) << text;
    EXPECT_THAT(failure(), HasSubstr(path + ":1:1: expected a header")) << text;
  }
}

TEST_F(Reader, RejectsNulBytesWithoutPrintingThem) {
  const Table rows = read(header + "T\0001,2024-03-01T00:00:00Z,20.5,C\nT1,2024-03-01T00:01:00Z,2\0000.5,C\n"s +
                          "\0\0\0\0\nT1,2024-03-01T00:02:00Z,20.7,C\n"s);
  EXPECT_THAT(rows["value"], ElementsAre(20.7));
  ASSERT_THAT(node.rejections(), SizeIs(3));
  EXPECT_THAT(node.rejections()[0].reason, AllOf(HasSubstr("NUL"), HasSubstr("`T\\01`"), HasSubstr("sensor_id")));
  EXPECT_EQ(node.rejections()[0].place, path + ":2:2");
  EXPECT_EQ(node.rejections()[1].place, path + ":3:26");
  for (const auto& rejection : node.rejections()) EXPECT_EQ(rejection.reason.find('\0'), std::string::npos);
}

TEST_F(Reader, RejectsTextThatIsNotUtf8AtItsByte) {
  read(header +
       "T1,2024-03-01T00:01:00Z,21.5,\xB0"
       "C\n");
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].place, path + ":2:30");
  EXPECT_THAT(node.rejections()[0].reason,
              AllOf(HasSubstr("UTF-8"), HasSubstr("`\\xB0C`"), HasSubstr("encoding: latin1")));
}

TEST_F(Reader, RejectsNumbersAndTimesThatAreNone) {
  read(header + "T1,2024-03-01T00:00:00Z,12abc,C\nT1,11/03/2011 10:00,1,C\nT1,2024-03-01T00:00:00Z,1e400,C\n");
  ASSERT_THAT(node.rejections(), SizeIs(3));
  EXPECT_EQ(node.rejections()[0].place, path + ":2:27");
  EXPECT_THAT(node.rejections()[0].reason,
              AllOf(StartsWith("expected a number"), EndsWith("found `12abc` in column `value`")));
  EXPECT_EQ(node.rejections()[1].place, path + ":3:6");
  EXPECT_THAT(node.rejections()[2].reason, HasSubstr("range of f64"));
}

TEST_F(Reader, CountsValuesTooNearToZero) {
  EXPECT_THAT(read(header + "T1,2024-03-01T00:00:00Z,1e-400,C\n")["value"], ElementsAre(0.0));
  EXPECT_EQ(metric("underflows"), 1);
}

TEST_F(Reader, CountsTimesThatGoBackOrStandStill) {
  const Table rows = read(header +
                          "T1,2024-03-01T00:00:00Z,1,C\nT1,2034-03-01T00:00:00Z,2,C\nT2,2024-03-01T00:01:00Z,9,C\n"
                          "T1,2024-03-01T00:02:00Z,3,C\nT1,2024-03-01T00:02:00Z,4,C\n");
  EXPECT_THAT(rows["value"], ElementsAre(1.0, 2.0, 9.0, 3.0, 4.0));
  EXPECT_EQ(metric("out_of_order"), 2);
  EXPECT_EQ(metric("duplicate_time"), 1);
}

TEST_F(Reader, GivesAFileOfOneSensorItsConstants) {
  const Table rows =
      read("timestamp,value\n2024-03-01 00:00:00,1\n", {{"sensor_id", "M1"}, {"unit", "F"}, {"zone", "UTC"}});
  EXPECT_THAT(rows["sensor_id"], ElementsAre("M1"));
  EXPECT_THAT(rows["unit"], ElementsAre("F"));
  EXPECT_THAT(rows["timestamp"], ElementsAre(march_first));
}

TEST_F(Reader, RefusesParametersThatAreNoZoneAndNoName) {
  EXPECT_EQ(node.configure({{"path", path}, {"zone", "Mars"}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.failures().back().where, 3);
  EXPECT_EQ(node.configure({{"path", path}, {"sensor_id", "\xFF"}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.failures().back().where, 1);
}

TEST_F(Reader, RejectsALineOf100MegabytesWithItsSize) {
  const Table rows = read(header + "T1,2024-03-01T00:00:00Z,1,C\n" + std::string(20'000'000, 'A') +
                          ",2024-03-01T00:01:00Z,2,C\nT1,2024-03-01T00:02:00Z,3,C\n");
  EXPECT_THAT(rows["value"], ElementsAre(1.0, 3.0));
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].place, path + ":3:1");
  EXPECT_THAT(node.rejections()[0].reason, HasSubstr("20000025 bytes in all"));
}

TEST_F(Reader, GivesTheHostItsTurnWithinInputThatMakesNoRows) {
  std::string bad_rows = header;
  while (bad_rows.size() < 3'000'000) bad_rows += "T1,yesterday,1,C\n";
  for (const std::string& input : {std::string(3'000'000, 'A'), header + std::string(3'000'000, '\n'), bad_rows}) {
    directory.write("readings.csv", input);
    configure();
    ASSERT_EQ(node.open(), PENSTOCK_OK);
    EXPECT_EQ(node.stream(64), PENSTOCK_OK) << input.substr(0, 40);
    EXPECT_EQ(node.output().rows(), 0u);
    node.close();
  }
}

TEST_F(Reader, NamesColumnsThatItDoesNotUseOnce) {
  read("sensor_id,timestamp,note,value\nT1,2024-03-01T00:00:00Z,x,1\nT1,2024-03-01T00:00:00Z,\xFF,1\n");
  EXPECT_THAT(node.logs(), ElementsAre(HasSubstr("`note`")));
  EXPECT_THAT(node.rejections(), IsEmpty());
}

TEST_F(Reader, StopsAtARejectedRowIfThePolicySaysSo) {
  node.stop_at_rejections();
  const Table rows = read(header + "T1,2024-03-01T00:00:00Z,1,C\nT1,x,2,C\nT1,2024-03-01T00:02:00Z,3,C\n");
  EXPECT_THAT(rows["value"], ElementsAre(1.0));
  EXPECT_THAT(node.rejections(), SizeIs(1));
}

TEST_F(Reader, FillsBatchesAndKeepsTheOrder) {
  std::string text = header;
  for (int i = 0; i < 1000; ++i)
    text += "T" + std::to_string(i % 7) + ",2024-03-01T00:00:00Z," + std::to_string(i) + ",C\n";
  const Table rows = read(text, {}, 3);
  ASSERT_EQ(rows.rows(), 1000u);
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(rows["value"][i], Cell(static_cast<double>(i)));
  EXPECT_EQ(rows["sensor_id"][999], Cell("T5"));
}

TEST_F(Reader, SaysWhyAFileCannotBeRead) {
  configure();
  EXPECT_EQ(node.open(), PENSTOCK_FAILED);
  EXPECT_THAT(failure(), AllOf(HasSubstr(path), HasSubstr("No such file")));
  const std::pair<const char*, const char*> table[] = {
      {"/none/day.csv", "its directory `/none` does not exist"},
      {"/$READINGS/day.csv", "for a value of the environment write `\"/${READINGS}/day.csv\"`, with the quotes"},
      {"/x/$A.d/b/$C.csv", "write `\"/x/${A}.d/b/${C}.csv\"`, with the quotes"},
      {"/home/~/day.csv", "write the directory itself, or `\"${HOME}/day.csv\"`, with the quotes"},
      {"/home/~ann/day.csv", "is a name like any other here: write the directory itself"},
      {"/day$.csv", "No such file"}};
  for (const auto& [wrong, why] : table) {
    ASSERT_EQ(node.configure({{"path", wrong}}), PENSTOCK_OK);
    EXPECT_EQ(node.open(), PENSTOCK_FAILED);
    EXPECT_THAT(failure(), HasSubstr(why));
  }
  const std::string here = std::filesystem::current_path();
  ASSERT_EQ(node.configure({{"path", here + "/$READINGS/day.csv"}}), PENSTOCK_OK);
  EXPECT_EQ(node.open(), PENSTOCK_FAILED);
  EXPECT_THAT(failure(), HasSubstr("write `\"${READINGS}/day.csv\"`")) << "the path may have been relative";
  ASSERT_EQ(node.configure({{"path", directory.path().string()}}), PENSTOCK_OK);
  EXPECT_EQ(node.open(), PENSTOCK_FAILED);
  EXPECT_THAT(failure(), HasSubstr("Is a directory"));
}

// A terminal whose other end was closed gives what is left and then EIO, as a bad disk does.
TEST_F(Reader, GivesTheRowsBeforeAnInputThatBreaks) {
  const int input = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_TRUE(input >= 0 && grantpt(input) == 0 && unlockpt(input) == 0);
  const int other_end = ::open(ptsname(input), O_RDWR | O_NOCTTY | O_CLOEXEC);
  const std::string text = header + "T1,2024-03-01T00:00:00Z,1,C\nT1,2024-03-01T00:01:00Z,2,C\nT1,2024-03-01T00:0";
  ASSERT_EQ(::write(other_end, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  ::close(other_end);
  const int standard_input = ::dup(STDIN_FILENO);
  ::dup2(input, STDIN_FILENO);
  configure({{"path", "-"}});
  EXPECT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.stream(64), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(1.0, 2.0));
  EXPECT_EQ(metric("rows_read"), 2.0);
  EXPECT_EQ(node.stream(64), PENSTOCK_FAILED);
  EXPECT_EQ(failure(), "cannot read `standard input`: Input/output error");
  node.close();
  ::dup2(standard_input, STDIN_FILENO);
  ::close(standard_input);
  ::close(input);
}

TEST_F(Reader, ReadsAgainAfterItWasClosed) {
  const std::string text = "\xEF\xBB\xBF" + header + "T1,2024-03-01T00:00:00Z,1,C\n";
  EXPECT_EQ(read(text).rows(), 1u);
  EXPECT_EQ(read(text).rows(), 1u);
}

TEST_F(Reader, RefusesMarksAndColumnNumbersThatCannotBeMeant) {
  for (const char* const thousands : {"-", "+", "e", "7", "\"", "."})
    EXPECT_EQ(node.configure({{"path", path}, {"thousands", thousands}}), PENSTOCK_REFUSED) << thousands;
  using List = std::vector<std::string>;
  for (const char* const fields : {"value=#0", "value=#99999999999999999999", "value=#"})
    EXPECT_EQ(node.configure({{"path", path}, {"fields", List{fields}}}), PENSTOCK_REFUSED) << fields;
  EXPECT_THAT(failure(), HasSubstr("expected the number of a column, from #1"));
}

class Fifo : public Reader {
 protected:
  void SetUp() override {
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    configure();
    ASSERT_EQ(node.open(), PENSTOCK_OK);
  }
  void TearDown() override { node.close(); }

  void open_writer() {
    writer_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_GE(writer_, 0);
  }
  void write(const std::string& text) {
    ASSERT_EQ(::write(writer_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void close_writer() { ::close(writer_); }

 private:
  int writer_ = -1;
};

TEST_F(Fifo, WaitsForAWriterWithoutBlocking) {
  EXPECT_EQ(node.stream(), PENSTOCK_OK);
  EXPECT_EQ(node.output().rows(), 0u);
  EXPECT_GT(node.wait_ns(), 0);
  EXPECT_GE(node.batch().wait_handle, 0);
}

TEST_F(Fifo, HandsOutARowBeforeTheNextOneIsThere) {
  open_writer();
  write(header + "T1,2024-03-01T00:00:00Z,1,C\nT1,2024-03-01T00:01:00Z,2");
  EXPECT_EQ(node.stream(), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(1.0));
  write("1.5,C\n");
  EXPECT_EQ(node.stream(), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(21.5));
  write("T1,2024-03-01T00:02:00Z,3,C");
  close_writer();
  EXPECT_THAT(node.stream(), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(3.0));
  EXPECT_EQ(node.stream(), PENSTOCK_END);
}

TEST_F(Fifo, ReadsAByteOrderMarkInPieces) {
  open_writer();
  for (const char* const piece : {"\xEF", "\xBB", "\xBFsensor"}) {
    write(piece);
    EXPECT_EQ(node.stream(), PENSTOCK_OK);
  }
  write("_id,timestamp,value\nT1,2024-03-01T00:00:00Z,1\n");
  close_writer();
  node.stream();
  EXPECT_THAT(node.output()["value"], ElementsAre(1.0));
}

TEST_F(Fifo, HandsOutTheWholeRowsItHasWhenItIsStopped) {
  open_writer();
  write(header + "T1,2024-03-01T00:00:00Z,1,C\nT1,2024-03-01T00:01:00Z,2,C\nT1,2024-03-01T00:02:00Z,3");
  EXPECT_EQ(node.stream(1), PENSTOCK_OK);
  EXPECT_EQ(node.stream(1, true), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(2.0));
  EXPECT_EQ(node.stream(1, true), PENSTOCK_END);
  EXPECT_THAT(node.logs(), Contains(AllOf(HasSubstr(":4:"), HasSubstr("`T1,2024-03-01T00:02:00Z,3`"))));
  close_writer();
}

}  // namespace
}  // namespace csv
