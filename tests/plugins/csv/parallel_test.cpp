// csv_reader on several threads: what may not differ from one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "reads_files.hpp"

namespace csv {
namespace {

using penstock::fixture::Table;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class ReaderOnThreads : public ReadsFiles {
 protected:
  ReaderOnThreads() { node.allow_threads(3); }

  static std::string row(int i, const std::string& unit = "C") {
    return "sensor-" + std::to_string(i * 7919 % 997) + ",2024-03-01T00:00:00Z," + std::to_string(i) + "," + unit +
           "\n";
  }
};

TEST_F(ReaderOnThreads, KeepsTheOrderOfRowsAndOfKeys) {
  std::string file = header;
  for (int i = 0; i < 20'000; ++i) file += row(i, i % 2 ? "C" : "F");
  const Table rows = read(file, {}, 1000);
  ASSERT_EQ(rows.rows(), 20'000u);
  for (std::size_t i = 0; i < rows.rows(); ++i)
    ASSERT_EQ(rows["value"][i], penstock::fixture::Cell(static_cast<double>(i)));
  const std::vector<std::string> keys = node.keys().texts();
  EXPECT_EQ(keys.size(), 999u);
  EXPECT_THAT((std::vector<std::string>(keys.begin(), keys.begin() + 4)),
              ElementsAre("sensor-0", "F", "sensor-940", "C"));
  EXPECT_EQ(metric("rows_read"), 20'000);
  EXPECT_EQ(metric("bytes_read"), static_cast<double>(file.size()));
  EXPECT_EQ(metric("duplicate_time"), 20'000 - 997);
}

TEST_F(ReaderOnThreads, CountsLinesInsideQuotesThatLieAcrossACut) {
  std::string file = "sensor_id,timestamp,value,note\n";
  for (int i = 0; i < 500; ++i)
    file += row(i, i % 3 ? "\"" + std::string(static_cast<std::size_t>(i % 400), '\n') + "\"" : "x");
  file += "T1,yesterday,1,x\n";
  const Table rows = read(file);
  EXPECT_EQ(rows.rows(), 500u);
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].place, path + ":" + std::to_string(std::count(file.begin(), file.end(), '\n')) + ":4");
}

TEST_F(ReaderOnThreads, StopsAtTheRowThatIsRejected) {
  std::string file = header;
  for (int i = 0; i < 5000; ++i) file += i == 3000 ? "T1,yesterday,1,C\n" : row(i);
  node.stop_at_rejections();
  EXPECT_EQ(read(file).rows(), 3000u);
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].place, path + ":3002:4");
}

TEST_F(ReaderOnThreads, WarnsOnceOfTimesThatAreUnlikely) {
  std::string file = header;
  for (int i = 0; i < 5000; ++i) file += "T1," + std::to_string(1'646'666'923 + i) + ",1,C\n";
  EXPECT_EQ(read(file, {{"time_unit", "ms"}}).rows(), 5000u);
  EXPECT_THAT(node.logs(), ElementsAre(HasSubstr(":2:4: ")));
}

TEST_F(ReaderOnThreads, ClosesInTheMiddleOfAFile) {
  std::string file = header;
  for (int i = 0; i < 20'000; ++i) file += row(i);
  directory.write("readings.csv", file);
  for (int round = 0; round < 10; ++round) {
    configure();
    ASSERT_EQ(node.open(), PENSTOCK_OK);
    for (int call = 0; call < round; ++call) ASSERT_EQ(node.stream(100), PENSTOCK_OK);
    node.close();
  }
}

TEST_F(ReaderOnThreads, ReadsALineThatIsLongerThanABlock) {
  const std::string name(5000, 'n');
  std::string file = header + row(1) + name + ",2024-03-01T00:00:00Z,2,C\n" + row(3);
  const Table rows = read(file);
  EXPECT_THAT(rows["value"], ElementsAre(1.0, 2.0, 3.0));
  EXPECT_EQ(rows["sensor_id"][1], penstock::fixture::Cell(name));
}

// One is more than the splitter takes at a time, and less than a block.
TEST_F(ReaderOnThreads, ReadsALineThatFillsABlock) {
  std::string file = header;
  const int before = 10'000, rows = 60'000;
  for (int i = 0; i < rows; ++i) file += i == before ? std::string(262'100 - row(i).size(), 'n') + row(i) : row(i);
  const Table read_rows = read(file);
  EXPECT_THAT(node.rejections(), SizeIs(0));
  ASSERT_EQ(read_rows.rows(), static_cast<std::size_t>(rows));
  EXPECT_EQ(read_rows["sensor_id"][before].text().size(), 262'100 - row(before).size() + 10);
}

}  // namespace
}  // namespace csv
