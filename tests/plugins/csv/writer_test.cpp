#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <csignal>
#include <iterator>
#include <random>
#include <string>

#include "fixture/temporary_directory.hpp"
#include "fixture/test_host.hpp"

namespace csv {
namespace {

using penstock::fixture::Cell;
using penstock::fixture::Change;
using penstock::fixture::Node;
using penstock::fixture::null;
using penstock::fixture::PluginType;
using penstock::fixture::Table;
using penstock::fixture::TemporaryDirectory;
using testing::Contains;
using testing::HasSubstr;

class Writer : public testing::Test {
 protected:
  std::string written(const Table& rows) {
    node.configure({{"path", path}});
    EXPECT_EQ(node.bind(rows), PENSTOCK_OK);
    EXPECT_EQ(node.open(), PENSTOCK_OK);
    EXPECT_EQ(node.consume(rows), PENSTOCK_OK);
    EXPECT_EQ(node.flush(), PENSTOCK_OK);
    EXPECT_EQ(node.close(), PENSTOCK_OK);
    return directory.read("out.csv");
  }

  TemporaryDirectory directory;
  std::string path = directory / "out.csv";
  Node node{PluginType(PLUGIN, "csv_writer")};
};

TEST_F(Writer, WritesAHeaderAndALineForEachRow) {
  EXPECT_EQ(written({{"sensor_id", "key", {"T1", "T2"}},
                     {"timestamp", "time", {1'709'251'200'000'000'000, -500'000'000}},
                     {"value", "f64", {0.1, null}}}),
            "sensor_id,timestamp,value\nT1,2024-03-01T00:00:00Z,0.1\nT2,1969-12-31T23:59:59.500Z,\n");
  EXPECT_THAT(node.changes(), Contains(Change{"rows_written", 0, 2, true}));
}

TEST_F(Writer, WritesTheHeaderAlsoWithoutRows) {
  const Table none{{"sensor_id", "key", {}}, {"a \"b\"", "f64", {}}};
  node.configure({{"path", path}});
  node.bind(none);
  node.open();
  node.flush();
  node.close();
  EXPECT_EQ(directory.read("out.csv"), "sensor_id,\"a \"\"b\"\"\"\n");
}

TEST_F(Writer, LeavesAFileAloneUntilItHasSomethingToWrite) {
  directory.write("out.csv", "precious\n");
  const Table rows{{"v", "f64", {1.0}}};
  node.configure({{"path", path}});
  node.bind(rows);
  EXPECT_EQ(node.open(), PENSTOCK_OK);
  Node reader(PluginType(PLUGIN, "csv_reader"));
  reader.configure({{"path", path}});
  EXPECT_EQ(reader.open(), PENSTOCK_FAILED);
  EXPECT_THAT(reader.failures().back().text, HasSubstr("out.csv`: the same run writes it"));
  Node other(PluginType(PLUGIN, "csv_writer"));
  other.configure({{"path", path}});
  other.bind(rows);
  EXPECT_EQ(other.open(), PENSTOCK_FAILED);
  EXPECT_THAT(other.failures().back().text, HasSubstr("another node or run is writing it"));
  EXPECT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_EQ(directory.read("out.csv"), "precious\n");
  EXPECT_EQ(reader.open(), PENSTOCK_OK);
}

TEST_F(Writer, IsSeenOnStandardOutputByAReaderOfTheSameFile) {
  directory.write("out.csv", "precious\n");
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC), standard_output = ::dup(STDOUT_FILENO);
  ::dup2(file, STDOUT_FILENO);
  node.configure({{"path", "-"}});
  node.bind({{"v", "f64", {1.0}}});
  const auto opened = node.open();
  Node reader(PluginType(PLUGIN, "csv_reader"));
  reader.configure({{"path", path}});
  const auto read = reader.open();
  node.close();
  ::dup2(standard_output, STDOUT_FILENO);
  ::close(standard_output);
  ::close(file);
  EXPECT_EQ(opened, PENSTOCK_OK);
  EXPECT_EQ(read, PENSTOCK_FAILED);
  EXPECT_THAT(reader.failures().back().text, HasSubstr("the same run writes it"));
  EXPECT_EQ(directory.read("out.csv"), "precious\n");
}

TEST_F(Writer, QuotesOnlyWhereItIsNeeded) {
  EXPECT_EQ(written({{"t", "text", {"a b", "a,b", "a\"b", "a\nb", "a\rb", "", null, "\xEF\xBB\xBFx"}}}),
            "t\na b\n\"a,b\"\n\"a\"\"b\"\n\"a\nb\"\n\"a\rb\"\n\"\"\n\n\"\xEF\xBB\xBFx\"\n");
}

TEST_F(Writer, ReplacesAFile) {
  directory.write("out.csv", std::string(1000, 'x'));
  EXPECT_EQ(written({{"v", "f64", {1.0}}}), "v\n1\n");
}

TEST_F(Writer, WritesWhatTheReaderReadsBackToTheBit) {
  std::mt19937_64 random(3);
  std::vector<Cell> sensors, times, values, units;
  for (int i = 0; i < 20'000; ++i) {
    auto value = std::bit_cast<double>(random());
    if (std::isnan(value)) value = static_cast<double>(random() % 1000) / 10;
    sensors.emplace_back(i % 3 ? "T1" : "a \"quoted\",\r\nname");
    times.emplace_back(static_cast<std::int64_t>(random()));
    values.push_back(i % 5 ? Cell(value) : null);
    units.push_back(i % 4 ? Cell(i % 2 ? "" : "°C") : null);
  }
  const double specials[] = {-0.0, 5e-324, 1.7976931348623157e308, HUGE_VAL, -HUGE_VAL};
  std::copy(std::begin(specials), std::end(specials), values.begin());
  const Table rows{
      {"sensor_id", "key", sensors}, {"timestamp", "time", times}, {"value", "f64", values}, {"unit", "key", units}};
  written(rows);

  Node reader(PluginType(PLUGIN, "csv_reader"));
  reader.configure({{"path", path}});
  reader.open();
  Table back;
  while (reader.stream(rows.rows()) == PENSTOCK_OK) back.append(reader.output());
  ASSERT_EQ(back.rows(), rows.rows());
  EXPECT_EQ(back["sensor_id"], sensors);
  EXPECT_EQ(back["timestamp"], times);
  EXPECT_EQ(back["unit"], units);
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(back["value"][i].is_null(), values[i].is_null()) << i;
    if (values[i].is_null()) continue;
    ASSERT_EQ(std::bit_cast<std::uint64_t>(back["value"][i].as<double>()),
              std::bit_cast<std::uint64_t>(values[i].as<double>()))
        << i;
  }
  reader.close();
}

TEST_F(Writer, SaysThatTheDiskIsFull) {
  node.configure({{"path", "/dev/full"}});
  const Table rows{{"v", "f64", {1.0}}};
  node.bind(rows);
  EXPECT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.consume(rows), PENSTOCK_FAILED);
  EXPECT_THAT(node.failures().back().text, HasSubstr("/dev/full`: No space left on device"));
}

TEST_F(Writer, SaysThatAFileCannotBeMade) {
  node.configure({{"path", directory / "none/out.csv"}});
  EXPECT_EQ(node.open(), PENSTOCK_FAILED);
  EXPECT_THAT(node.failures().back().text, HasSubstr("No such file"));
}

TEST_F(Writer, EndsQuietlyWhenWhoReadsHasGone) {
  std::signal(SIGPIPE, SIG_IGN);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  const Table rows{{"v", "f64", {1.0}}};
  node.configure({{"path", path}});
  node.bind(rows);
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.consume(rows), PENSTOCK_OK);
  ::close(reader);
  EXPECT_EQ(node.consume(rows), PENSTOCK_END);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

}  // namespace
}  // namespace csv
