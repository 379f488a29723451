#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <thread>

#include "fixture/temporary_directory.hpp"
#include "fixture/test_host.hpp"

namespace csv {
namespace {

using penstock::fixture::Cell;
using penstock::fixture::Change;
using penstock::fixture::Node;
using penstock::fixture::null;
using penstock::fixture::PluginType;
using penstock::fixture::Setting;
using penstock::fixture::Table;
using penstock::fixture::TemporaryDirectory;
using testing::Contains;
using testing::HasSubstr;

class Writer : public testing::Test {
 protected:
  using Settings = std::map<std::string, Setting>;

  // What stands in the file after a good run of these rows.
  std::string written(const Table& rows, Settings settings = {}) {
    settings.emplace("path", path);
    EXPECT_EQ(node.configure(settings), PENSTOCK_OK);
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
  EXPECT_THAT(reader.failures().back().text,
              HasSubstr("out.csv`: the sink of this run writes it; give that another `path`, or set `atomic: true`"));
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
  EXPECT_THAT(reader.failures().back().text,
              HasSubstr("the sink of this run writes it; give that another `path`, or set `atomic: true`"));
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
  const std::string none = directory / "none";
  for (const bool atomic : {false, true}) {
    node.configure({{"path", none + "/out.csv"}, {"atomic", atomic}});
    EXPECT_EQ(node.open(), PENSTOCK_FAILED);
    EXPECT_THAT(node.failures().back().text, HasSubstr("its directory `" + none + "` does not exist: create it"));
  }
  node.configure({{"path", directory / "$OUT_DIR/out.csv"}});
  EXPECT_EQ(node.open(), PENSTOCK_FAILED);
  EXPECT_THAT(node.failures().back().text, HasSubstr("${OUT_DIR}/out.csv\"`, with the quotes"));
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

TEST_F(Writer, WritesRealNumbersWithFixedDecimals) {
  EXPECT_EQ(written({{"v", "f64", {45.1234, 0.125, 1e9, null}}, {"w", "f32", {0.1, -2.5, 3.0, 4.0}}},
                    {{"decimals", std::int64_t{2}}}),
            "v,w\n45.12,0.10\n0.12,-2.50\n1000000000.00,3.00\n,4.00\n");
}

TEST_F(Writer, WritesWithAnotherDelimiterAndQuotesForIt) {
  EXPECT_EQ(
      written({{"a;b", "text", {"x;y", "x,y"}}, {"v", "f64", {1.5, 2.0}}}, {{"delimiter", ";"}, {"decimal", ","}}),
      "\"a;b\";v\n\"x;y\";1,5\nx,y;2\n");
}

TEST_F(Writer, PutsNumbersInQuotesWhoseDecimalPointIsTheDelimiter) {
  EXPECT_EQ(written({{"v", "f64", {1.5, 2.0, -1e-7}}, {"w", "i64", {1, 2, 3}}}, {{"decimal", ","}}),
            "v,w\n\"1,5\",1\n2,2\n-1e-07,3\n");
}

TEST_F(Writer, WritesAnotherTextForNull) {
  EXPECT_EQ(written({{"t", "key", {"NA", null, ""}}, {"v", "f64", {null, 1.0, null}}}, {{"null", "NA"}}),
            "t,v\n\"NA\",NA\nNA,1\n\"\",NA\n");
}

TEST_F(Writer, LeavesTheHeaderOut) { EXPECT_EQ(written({{"v", "f64", {1.0}}}, {{"header", false}}), "1\n"); }

TEST_F(Writer, RefusesADelimiterThatStandsInNumbers) {
  for (const char* delimiter : {"", ".", "-", "e", "0", "\"", "\n", "::", "\xC2\xA7"})
    EXPECT_EQ(node.configure({{"path", path}, {"delimiter", delimiter}}), PENSTOCK_REFUSED) << delimiter;
  EXPECT_THAT(node.failures().back().text, HasSubstr("one character that stands in no number"));
  for (const char* delimiter : {";", "\t", "tab", "|", " "})
    EXPECT_EQ(node.configure({{"path", path}, {"delimiter", delimiter}}), PENSTOCK_OK) << delimiter;
}

TEST_F(Writer, RefusesANullThatNeedsQuotes) {
  EXPECT_EQ(node.configure({{"path", path}, {"null", "a,b"}}), PENSTOCK_REFUSED);
  EXPECT_THAT(node.failures().back().text, HasSubstr("expected a word without line end, quote and delimiter"));
}

TEST_F(Writer, WritesEveryTypeOfColumn) {
  EXPECT_EQ(written({{"b", "bool", {true}},
                     {"i8", "i8", {-1}},
                     {"u8", "u8", {255}},
                     {"i16", "i16", {-300}},
                     {"u16", "u16", {65535}},
                     {"i32", "i32", {INT32_MIN}},
                     {"u32", "u32", {4294967295}},
                     {"i64", "i64", {INT64_MIN}},
                     {"u64", "u64", {UINT64_MAX}},
                     {"f32", "f32", {0.5}},
                     {"d", "duration", {90'250'000'000}}}),
            "b,i8,u8,i16,u16,i32,u32,i64,u64,f32,d\n"
            "true,-1,255,-300,65535,-2147483648,4294967295,-9223372036854775808,18446744073709551615,0.5,90.25s\n");
}

TEST_F(Writer, WritesKeysOfAnyLengthAgainAndAgain) {
  const std::string long_key(300, 'k'), quoted_key = "\"" + long_key + ",\"";
  std::vector<Cell> keys;
  std::string expected = "k\n";
  for (int i = 0; i < 3000; ++i) {
    keys.emplace_back(long_key);
    keys.emplace_back(long_key + ",");
    keys.emplace_back("a,b");
    keys.emplace_back("exactly 15 long");
    expected += long_key + "\n" + quoted_key + "\n\"a,b\"\nexactly 15 long\n";
  }
  EXPECT_EQ(written({{"k", "key", keys}}), expected);
}

// `atomic`: the file that is there is replaced as a whole, or not at all.
class AtomicWriter : public Writer {
 protected:
  AtomicWriter() {
    directory.write("out.csv", "old\n");
    node.configure({{"path", path}, {"atomic", true}});
    node.bind(rows);
  }

  std::size_t files() const {
    const auto all = std::filesystem::directory_iterator(std::filesystem::path(path).parent_path());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  const Table rows{{"v", "f64", {1.0}}};
};

TEST_F(AtomicWriter, ReplacesTheFileAtTheEndOfAGoodRun) {
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.consume(rows), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_EQ(directory.read("out.csv"), "old\n");
  EXPECT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_EQ(directory.read("out.csv"), "v\n1\n");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AtomicWriter, LeavesTheFileAndNothingBesideItWhenTheRunFails) {
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_EQ(node.consume(rows), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_EQ(directory.read("out.csv"), "old\n");
  EXPECT_EQ(files(), 1u);
}

TEST_F(AtomicWriter, LetsTheSameRunReadTheFileThatItReplaces) {
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  Node reader(PluginType(PLUGIN, "csv_reader"));
  reader.configure({{"path", path}});
  directory.write("out.csv", "sensor_id,timestamp,value\n");
  EXPECT_EQ(reader.open(), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

TEST_F(AtomicWriter, KeepsPermissionsAndSymbolicLinks) {
  std::filesystem::rename(path, directory / "data.csv");
  std::filesystem::create_symlink("data.csv", path);
  std::filesystem::permissions(directory / "data.csv", std::filesystem::perms(0640));
  node.open();
  node.flush();
  ASSERT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_TRUE(std::filesystem::is_symlink(path));
  EXPECT_EQ(directory.read("data.csv"), "v\n");
  EXPECT_EQ(std::filesystem::status(directory / "data.csv").permissions(), std::filesystem::perms(0640));
}

TEST_F(AtomicWriter, MakesAFileThatIsNotThere) {
  std::filesystem::remove(path);
  node.open();
  node.flush();
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_EQ(directory.read("out.csv"), "v\n");
}

TEST_F(AtomicWriter, WritesToWhatIsNoFileInPlace) {
  std::filesystem::remove(path);
  std::filesystem::create_symlink("/dev/null", path);
  node.open();
  EXPECT_EQ(node.consume(rows), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
  EXPECT_TRUE(std::filesystem::is_symlink(path));
}

// With threads for it, batches are formatted and written beside the stages.
class WriterWithThreads : public Writer {
 protected:
  WriterWithThreads() {
    std::signal(SIGPIPE, SIG_IGN);
    node.allow_threads(3);
  }

  void open(const std::string& file) {
    node.configure({{"path", file}});
    node.bind(row);
    ASSERT_EQ(node.open(), PENSTOCK_OK);
  }

  static Table batch(int number) {
    std::vector<Cell> keys, values, texts;
    for (int i = 0; i < 97; ++i) {
      keys.emplace_back("sensor-" + std::to_string((number * 97 + i) % 300));
      values.push_back(i % 7 ? Cell((number + i) / 3.0) : null);
      texts.emplace_back(std::string(static_cast<std::size_t>(i * number), 'x'));
    }
    return {{"sensor_id", "key", keys}, {"value", "f64", values}, {"note", "text", texts}};
  }

  const Table row{{"v", "f64", {1.0}}};
};

TEST_F(WriterWithThreads, WritesTheBytesThatOneWrites) {
  std::string expected;
  for (const std::uint32_t threads : {1u, 2u, 3u, 8u}) {
    Node writer(PluginType(PLUGIN, "csv_writer"));
    writer.allow_threads(threads);
    writer.configure({{"path", path}});
    writer.bind(batch(0));
    ASSERT_EQ(writer.open(), PENSTOCK_OK);
    for (int number = 0; number < 50; ++number) ASSERT_EQ(writer.consume(batch(number)), PENSTOCK_OK);
    ASSERT_EQ(writer.flush(), PENSTOCK_OK);
    ASSERT_EQ(writer.close(), PENSTOCK_OK);
    if (threads == 1) expected = directory.read("out.csv");
    ASSERT_EQ(directory.read("out.csv"), expected) << threads;
    double rows = 0, bytes = 0;
    for (const Change& change : writer.changes()) (change.metric == "rows_written" ? rows : bytes) = change.after;
    EXPECT_EQ(rows, 50 * 97);
    EXPECT_EQ(bytes, static_cast<double>(expected.size()));
  }
}

TEST_F(WriterWithThreads, WritesABatchWithoutWaitingForTheNext) {
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  std::jthread live([&] {
    open(path);
    EXPECT_EQ(node.consume(row), PENSTOCK_OK);
  });
  std::ifstream pipe(path);
  std::string line;
  std::getline(pipe, line);
  EXPECT_EQ(line, "v");
  std::getline(pipe, line);
  EXPECT_EQ(line, "1");
  live.join();
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

TEST_F(WriterWithThreads, SaysAtTheLatestAtTheFlushThatTheDiskIsFull) {
  node.configure({{"path", "/dev/full"}, {"header", false}});
  node.bind(row);
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.consume(row), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_FAILED);
  EXPECT_THAT(node.failures().back().text, HasSubstr("/dev/full`: No space left on device"));
  EXPECT_EQ(node.consume(row), PENSTOCK_FAILED);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

TEST_F(WriterWithThreads, EndsQuietlyWhenWhoReadsHasGone) {
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  open(path);
  EXPECT_EQ(node.consume(row), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  ::close(reader);
  penstock_status status = PENSTOCK_OK;
  for (int i = 0; i < 20 && status == PENSTOCK_OK; ++i) status = node.consume(row);  // more than it keeps inside
  EXPECT_EQ(status, PENSTOCK_END);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

TEST_F(WriterWithThreads, ClosesWithoutAFlush) {
  open(path);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(node.consume(row), PENSTOCK_OK);
  EXPECT_EQ(node.close(), PENSTOCK_OK);
}

}  // namespace
}  // namespace csv
