// The twelve examples of the documentation, loaded, each in its own words; those in C++ as both compilers build them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "fixture/test_host.hpp"

namespace penstock {
namespace {

using fixture::Cell;
using fixture::Change;
using fixture::Keys;
using fixture::ManifestLine;
using fixture::Node;
using fixture::null;
using fixture::PluginType;
using fixture::Table;
using testing::ElementsAre;
using testing::SizeIs;

const std::vector<std::string> cpp_types{
    "threshold_filter", "normalize",   "rolling_average",  "to_kelvin", "csv_reader", "live_source",
    "console",          "sqlite_sink", "tumbling_average", "calibrate", "clamp"};

class TwelvePlugins : public testing::TestWithParam<std::string> {
 protected:
  PluginType type(const std::string& id) const { return PluginType(GetParam(), id); }
};

TEST_P(TwelvePlugins, NameInTheManifestExactlyTheMethodsOfTheTable) {
  for (const std::string& id : cpp_types) {
    const PluginType plugin = type(id);
    EXPECT_EQ(plugin.head()["name"], id);
    const std::vector<ManifestLine> lines = plugin.lines("method");
    std::size_t row = 0;
    for (; plugin.methods()[row].name; ++row) {
      ASSERT_LT(row, lines.size()) << id;
      EXPECT_EQ(plugin.methods()[row].name, lines[row].name) << id;
      EXPECT_NE(plugin.methods()[row].function.any, nullptr) << id;
    }
    EXPECT_EQ(row, lines.size()) << id;
  }
}

TEST_P(TwelvePlugins, ThresholdFilterDropsWhatLiesOutside) {
  Node node(type("threshold_filter"));
  ASSERT_EQ(node.configure({{"min", 0.0}, {"max", 10.0}}), PENSTOCK_OK);
  ASSERT_EQ(node.process({{"value", "f64", {-1.0, 0.0, 5.0, 10.0, 10.5, std::nan("")}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(0.0, 5.0, 10.0));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"dropped", 0, 3, true}));
}

TEST_P(TwelvePlugins, ThresholdFilterCountsOverFullAndPartialWordsOfRows) {
  for (const std::size_t rows : {0u, 1u, 63u, 64u, 65u, 128u, 1000u}) {
    Node node(type("threshold_filter"));
    ASSERT_EQ(node.configure(), PENSTOCK_OK);
    std::vector<Cell> values, kept;
    for (std::size_t i = 0; i < rows; ++i) {
      values.push_back(i % 3 == 0 ? -1.0 : static_cast<double>(i % 100));
      if (i % 3 != 0) kept.push_back(values.back());
    }
    ASSERT_EQ(node.process({{"value", "f64", values}}), PENSTOCK_OK);
    EXPECT_EQ(node.output()["value"], kept);
    EXPECT_THAT(node.changes(), ElementsAre(Change{"dropped", 0, static_cast<double>(rows - kept.size()), true}));
  }
}

TEST_P(TwelvePlugins, NormalizeGivesNullOutsideItsRange) {
  Node node(type("normalize"));
  ASSERT_EQ(node.configure({{"low", 10.0}, {"high", 20.0}}), PENSTOCK_OK);
  std::vector<Cell> values(100, 15.0), expected(100, 0.5);
  values[0] = 9.0, expected[0] = null;
  values[63] = 20.0, expected[63] = 1.0;
  values[99] = 21.0, expected[99] = null;
  ASSERT_EQ(node.process({{"value", "f64", values}}), PENSTOCK_OK);
  EXPECT_EQ(node.output()["normalized"], expected);
  EXPECT_EQ(node.type().head()["rows"], "same");
}

TEST_P(TwelvePlugins, RollingAverageKeepsAWindowPerSensor) {
  Node node(type("rolling_average"));
  ASSERT_EQ(node.configure({{"window", 2}}), PENSTOCK_OK);
  ASSERT_EQ(node.process({{"sensor_id", "key", {"a", "b", "a", "a"}}, {"value", "f64", {1.0, 10.0, 2.0, 4.0}}}),
            PENSTOCK_OK);
  EXPECT_THAT(node.output()["rolling_avg"], ElementsAre(1.0, 10.0, 1.5, 3.0));
  ASSERT_EQ(node.process({{"sensor_id", "key", {"b"}}, {"value", "f64", {20.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["rolling_avg"], ElementsAre(15.0));
}

TEST_P(TwelvePlugins, ToKelvinChangesInPlaceAndDropsByItsAnswer) {
  Node node(type("to_kelvin"));
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  ASSERT_EQ(node.process({{"timestamp", "time", {1, -1, 2}}, {"value", "f64", {0.0, 1.0, -273.15}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(273.15, 0.0));
  EXPECT_THAT(node.output()["timestamp"], ElementsAre(1, 2));
}

class CsvFile {
 public:
  explicit CsvFile(const std::string& text)
      : path_(testing::TempDir() + "penstock_twelve_" + std::to_string(getpid()) + "_" + std::to_string(count_++)) {
    std::ofstream(path_) << text;
  }
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;
  ~CsvFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  static inline int count_ = 0;
  std::string path_;
};

TEST_P(TwelvePlugins, CsvReaderGoesOnAtThePositionThatItGave) {
  const CsvFile file("0,1,10\n0,2,20\n0,3,30\n");
  auto keys = std::make_shared<Keys>();
  keys->intern("M1");
  std::string position;
  {
    Node node(type("csv_reader"), keys);
    ASSERT_EQ(node.configure({{"path", file.path()}}), PENSTOCK_OK);
    ASSERT_EQ(node.open(), PENSTOCK_OK);
    ASSERT_EQ(node.stream(2), PENSTOCK_OK);
    EXPECT_THAT(node.output()["value"], ElementsAre(10.0, 20.0));
    EXPECT_THAT(node.output()["sensor_id"], ElementsAre("M1", "M1"));
    position = node.position();
    EXPECT_EQ(node.close(), PENSTOCK_OK);
  }
  Node node(type("csv_reader"), keys);
  ASSERT_EQ(node.configure({{"path", file.path()}}), PENSTOCK_OK);
  ASSERT_EQ(node.seek(position), PENSTOCK_OK);
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  ASSERT_EQ(node.stream(2), PENSTOCK_OK);
  EXPECT_THAT(node.output()["timestamp"], ElementsAre(3));
  EXPECT_EQ(node.stream(2), PENSTOCK_END);
  EXPECT_EQ(node.stream(2), PENSTOCK_END) << "END stays END";
}

TEST_P(TwelvePlugins, CsvReaderRejectsALineWithItsPlaceAndBytes) {
  const CsvFile file("0,1,10\nno reading\n0,3,30\n");
  Node node(type("csv_reader"));
  node.keys().intern("M1");
  ASSERT_EQ(node.configure({{"path", file.path()}}), PENSTOCK_OK);
  ASSERT_EQ(node.stream(), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(10.0, 30.0));
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].row, -1);
  EXPECT_EQ(node.rejections()[0].raw, "no reading");
  EXPECT_EQ(node.rejections()[0].place, file.path());
  EXPECT_EQ(node.rejections()[0].reason, "expected 3 fields");
}

TEST_P(TwelvePlugins, CsvReaderFailsWithoutItsFileAndThenHasEnded) {
  Node node(type("csv_reader"));
  ASSERT_EQ(node.configure({{"path", "/nowhere.csv"}}), PENSTOCK_OK);
  EXPECT_EQ(node.stream(), PENSTOCK_FAILED);
  ASSERT_THAT(node.failures(), SizeIs(1));
  EXPECT_EQ(node.failures()[0].text, "cannot open `/nowhere.csv`");
  EXPECT_EQ(node.stream(), PENSTOCK_END);
}

TEST_P(TwelvePlugins, LiveSourceIsWokenFromItsOwnThreadAndWaits) {
  Node node(type("live_source"));
  node.keys().intern("M1");
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  EXPECT_EQ(node.wakes(), 5u);
  ASSERT_EQ(node.stream(3), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(1.0, 2.0, 3.0));
  EXPECT_EQ(node.position(), "3");
  ASSERT_EQ(node.stream(3), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(4.0, 5.0));
  EXPECT_EQ(node.wait_ns(), 10'000'000'000);
  EXPECT_EQ(node.stream(3, true), PENSTOCK_END);
}

TEST_P(TwelvePlugins, LiveSourceGetsAgainWhatWasNotAcknowledged) {
  Node node(type("live_source"));
  node.keys().intern("M1");
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  ASSERT_EQ(node.stream(), PENSTOCK_OK);
  ASSERT_EQ(node.acknowledge("3"), PENSTOCK_OK);
  ASSERT_EQ(node.close(), PENSTOCK_OK);
  ASSERT_EQ(node.open(), PENSTOCK_OK);
  ASSERT_EQ(node.stream(), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(4.0, 5.0));
}

TEST_P(TwelvePlugins, ConsolePrintsEveryColumnThatComes) {
  Node node(type("console"));
  testing::internal::CaptureStdout();
  const penstock_status status = node.consume({{"sensor_id", "key", {"a", null}},
                                               {"timestamp", "time", {1'500'000'000, 0}},
                                               {"value", "f64", {0.1, null}},
                                               {"note", "text", {"x y", ""}}});
  std::fflush(stdout);
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "a;1970-01-01T00:00:01.500Z;0.1;x y;\nnull;1970-01-01T00:00:00Z;null;;\n");
  EXPECT_EQ(status, PENSTOCK_OK);
}

// In a process of its own: it closes the reading end of its standard output.
TEST_P(TwelvePlugins, ConsoleHasEnoughWhenItsReaderHasGone) {
  EXPECT_EXIT(
      {
        signal(SIGPIPE, SIG_IGN);
        int ends[2];
        if (pipe(ends) != 0) _exit(9);
        close(ends[0]);
        dup2(ends[1], STDOUT_FILENO);
        setvbuf(stdout, nullptr, _IONBF, 0);
        Node node(type("console"));
        _exit(node.consume({{"value", "f64", {1.0}}}) == PENSTOCK_END ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

Table sqlite_rows(std::vector<Cell> values) {
  return {{"sensor_id", "key", std::vector<Cell>(values.size(), "a")}, {"value", "f64", values}};
}

TEST_P(TwelvePlugins, SqliteSinkTellsTheErrorClassesApart) {
  Node node(type("sqlite_sink"));
  ASSERT_EQ(node.configure({{"path", "db"}}), PENSTOCK_OK);
  EXPECT_EQ(node.consume(sqlite_rows({1.0, 200.0, 2.0})), PENSTOCK_OK);
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].row, 1);
  EXPECT_EQ(node.rejections()[0].reason, "with 1 rows");
  EXPECT_EQ(node.consume(sqlite_rows({3.0, 777.0})), PENSTOCK_RETRY);
  EXPECT_EQ(node.consume(sqlite_rows({3.0, 888.0})), PENSTOCK_LOST);
  EXPECT_EQ(node.consume(sqlite_rows({3.0, 999.0})), PENSTOCK_FAILED);
  ASSERT_THAT(node.failures(), SizeIs(3));
  for (const auto& failure : node.failures())
    EXPECT_EQ(failure.text, "with 3 rows") << "a batch that failed was taken back";
}

TEST_P(TwelvePlugins, SqliteSinkIsDurableWhenFlushReturns) {
  Node node(type("sqlite_sink"));
  ASSERT_EQ(node.consume(sqlite_rows({1.0})), PENSTOCK_OK);
  EXPECT_EQ(node.flush(), PENSTOCK_RETRY);
  EXPECT_EQ(node.flush(), PENSTOCK_OK);
}

Table window_rows(std::vector<Cell> seconds) {
  std::vector<Cell> times;
  for (const Cell& second : seconds) times.emplace_back(second.as<std::int64_t>() * 1'000'000'000);
  return {{"sensor_id", "key", std::vector<Cell>(seconds.size(), "a")},
          {"timestamp", "time", times},
          {"value", "f64", seconds}};
}

TEST_P(TwelvePlugins, TumblingAverageEmitsWindowsWhenTheyAreFull) {
  Node node(type("tumbling_average"));
  EXPECT_EQ(node.type().head()["rows"], "any");
  ASSERT_EQ(node.configure({{"length", 10'000'000'000}}), PENSTOCK_OK);
  ASSERT_EQ(node.process(window_rows({1, 3})), PENSTOCK_OK);
  ASSERT_THAT(node.emitted(), SizeIs(1));
  EXPECT_EQ(node.emitted()[0].rows.rows(), 0u);
  EXPECT_EQ(node.emitted()[0].holds, 1u) << "what is held was in batch 1";
  EXPECT_EQ(node.alarm_ns(), 30'000'000'000);
  ASSERT_EQ(node.process(window_rows({12, 4})), PENSTOCK_OK);
  ASSERT_THAT(node.emitted(), SizeIs(2));
  ASSERT_EQ(node.emitted()[1].rows.rows(), 1u);
  EXPECT_DOUBLE_EQ(node.emitted()[1].rows["mean"][0].as<double>(), 8.0 / 3);
  EXPECT_THAT(node.emitted()[1].rows["start"], ElementsAre(0));
  EXPECT_EQ(node.emitted()[1].holds, 2u);
}

TEST_P(TwelvePlugins, TumblingAverageRejectsAReadingAfterItsWindow) {
  Node node(type("tumbling_average"));
  ASSERT_EQ(node.configure({{"length", 10'000'000'000}}), PENSTOCK_OK);
  ASSERT_EQ(node.process(window_rows({1, 12})), PENSTOCK_OK);
  ASSERT_EQ(node.process(window_rows({13, 2})), PENSTOCK_OK);
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].row, 1);
  EXPECT_EQ(node.rejections()[0].reason, "its window was already emitted");
}

TEST_P(TwelvePlugins, TumblingAverageEmitsTheRestAtItsAlarmAndAtTheEnd) {
  Node node(type("tumbling_average"));
  ASSERT_EQ(node.configure(), PENSTOCK_OK);
  ASSERT_EQ(node.process(window_rows({1})), PENSTOCK_OK);
  ASSERT_EQ(node.tick(), PENSTOCK_OK);
  EXPECT_THAT(node.emitted().back().rows["mean"], ElementsAre(1.0));
  EXPECT_EQ(node.emitted().back().holds, 0u);
  ASSERT_EQ(node.process(window_rows({61})), PENSTOCK_OK);
  ASSERT_EQ(node.flush(), PENSTOCK_OK);
  EXPECT_THAT(node.emitted().back().rows["mean"], ElementsAre(61.0));
}

TEST_P(TwelvePlugins, CalibrateRejectsARowAndNamesItsColumn) {
  Node node(type("calibrate"));
  ASSERT_EQ(node.process({{"sensor_id", "key", {"a", "b", "c"}}, {"value", "f64", {1.0, 2.0, 3.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["calibrated"], ElementsAre(2.0, 1.0));
  ASSERT_THAT(node.rejections(), SizeIs(1));
  EXPECT_EQ(node.rejections()[0].row, 2);
  EXPECT_EQ(node.rejections()[0].column, 0);
  EXPECT_EQ(node.rejections()[0].reason, "no factor for this sensor");
}

TEST_P(TwelvePlugins, ClampRefusesAReloadAndKeepsTheOldValues) {
  Node node(type("clamp"));
  ASSERT_EQ(node.configure({{"min", 0.0}, {"max", 10.0}}), PENSTOCK_OK);
  EXPECT_EQ(node.configure({{"min", 5.0}, {"max", 5.0}}), PENSTOCK_REFUSED);
  ASSERT_THAT(node.failures(), SizeIs(1));
  EXPECT_EQ(node.failures()[0].where, 0);
  EXPECT_EQ(node.failures()[0].text, "must be less than `max`");
  ASSERT_EQ(node.process({{"value", "f64", {-3.0, 5.0, 12.0}}}), PENSTOCK_OK);
  EXPECT_THAT(node.output()["value"], ElementsAre(0.0, 5.0, 10.0));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"clamped", 0, 2, true}, Change{"worst", 0, 3, true}));
}

std::vector<std::string> builds() {
  std::vector<std::string> paths;
  for (const std::string_view path : fixture::split(TWELVE_PLUGINS, ':')) paths.emplace_back(path);
  return paths;
}
INSTANTIATE_TEST_SUITE_P(By, TwelvePlugins, testing::ValuesIn(builds()), [](const auto& library) {
  return library.param.find("_other") == std::string::npos ? "ThisCompiler" : "TheOtherCompiler";
});

TEST(ThresholdC, DropsWhatLiesOutside) {
  Node node(PluginType(THRESHOLD_C, "threshold_c"));
  ASSERT_EQ(node.configure({{"min", 0.0}, {"max", 10.0}}), PENSTOCK_OK);
  std::vector<Cell> values(130, 5.0);
  values[0] = -1.0, values[64] = 11.0, values[129] = std::nan("");
  ASSERT_EQ(node.process({{"value", "f64", values}}), PENSTOCK_OK);
  EXPECT_EQ(node.output()["value"], std::vector<Cell>(127, 5.0));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"dropped", 0, 3, true}));
}

TEST(ThresholdC, RefusesLimitsInTheWrongOrder) {
  Node node(PluginType(THRESHOLD_C, "threshold_c"));
  EXPECT_EQ(node.configure({{"min", 2.0}, {"max", 1.0}}), PENSTOCK_REFUSED);
  ASSERT_THAT(node.failures(), SizeIs(1));
  EXPECT_EQ(node.failures()[0].where, 0);
}

TEST(ThresholdC, TakesItsManifestFromTheListsOfItsSource) {
  const PluginType type(THRESHOLD_C, "threshold_c");
  EXPECT_EQ(type.manifest(),
            "penstock:1\tname:threshold_c\tinterface:Stage 1.0\tsdk:1.0\trows:fewer\tstate:none\n"
            "method:create\tsignature:(host) -> instance\n"
            "method:destroy\tsignature:() -> nothing\n"
            "method:configure\tsignature:(values) -> status\n"
            "method:process\tsignature:(batch) -> status\n"
            "param:min\ttype:f64\tdefault:0\treload:yes\tdoc:lowest value kept\n"
            "param:max\ttype:f64\tdefault:100\treload:yes\tdoc:highest value kept\n"
            "metric:dropped\ttype:u64\tdoc:records dropped\n"
            "column:value\taccess:read\ttype:f64\tdoc:the reading\n");
}

}  // namespace
}  // namespace penstock
