// The test bench of the SDK: classes without a host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <penstock/testing.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using penstock::testing::Change;
using penstock::testing::null;
using penstock::testing::Row;
using penstock::testing::Rows;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Everything that a stage may say.
class Talkative {
  PENSTOCK_PARAM(std::string, mode, "fast", "how", one_of("fast", "exact"));
  PENSTOCK_PARAM(std::uint64_t, count, 3, "how many", at_least(1));
  PENSTOCK_PARAM(penstock::Duration, pause, 2s, "how long");
  PENSTOCK_PARAM(std::vector<std::string>, names, "a|b", "which");
  PENSTOCK_PARAM(bool, loud, false, "or not");
  PENSTOCK_METRIC(double, level, "of the readings", never_decreasing());
  PENSTOCK_METRIC(bool, on, "a flag");
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "sensor");
    PENSTOCK_READS(penstock::Nullable<double>, value, "the reading");
    PENSTOCK_READS(std::string_view, note, "a text");
    PENSTOCK_WRITES(std::int32_t, rank, "one more");
    PENSTOCK_ADDS(penstock::Nullable<penstock::Time>, when, "null without a value");
    PENSTOCK_ADDS(bool, loud, "as the parameter says");
  };
  penstock::Host& host_;

 public:
  explicit Talkative(penstock::Host& host) : host_(host) {}
  void configure() {
    if (count == 13) throw penstock::Refused(count, "is unlucky");
    host_.log(penstock::LogLevel::info,
              *mode + " " + std::to_string(count) + " " + std::to_string(pause->count()) + " " + names->back());
  }
  penstock::Verdict process(Reading& r) {
    if (r.note == "bad") return penstock::reject("it says so", &Reading::note);
    if (r.note == "worse") throw penstock::Failed("it says so too");
    host_.wake(*pause);
    if (!level.try_set(*r.value)) on = true;
    ++r.rank;
    r.when = {penstock::Time{7}, r.value.valid};
    r.loud = this->loud;
    return penstock::keep;
  }
};

const Row reading{{"sensor_id", "T1"}, {"value", 0.5}, {"note", "ok"}, {"rank", -4}};

Row with(Row row, std::string_view name, penstock::testing::Cell value) {
  row.set(name, std::move(value));
  return row;
}

TEST(TestingStage, GivesBackRowsWithWhatWasWrittenAndAdded) {
  penstock::testing::Stage<Talkative> stage({{"loud", true}});
  EXPECT_THAT(stage.process({reading, with(with(reading, "value", null), "other", "passes")}),
              ElementsAre(Row{{"sensor_id", "T1"},
                              {"value", 0.5},
                              {"note", "ok"},
                              {"rank", -3},
                              {"when", penstock::Time{7}},
                              {"loud", true}},
                          Row{{"sensor_id", "T1"},
                              {"value", null},
                              {"note", "ok"},
                              {"rank", -3},
                              {"when", null},
                              {"loud", true},
                              {"other", "passes"}}));
  EXPECT_THAT(stage.failures(), IsEmpty());
}

TEST(TestingStage, TakesParametersByName) {
  using namespace std::chrono_literals;
  penstock::testing::Stage<Talkative> stage(
      {{"mode", "exact"}, {"count", 5}, {"pause", 3ms}, {"names", std::vector<std::string>{"x", "y"}}});
  ASSERT_TRUE(stage.configure({}));
  EXPECT_THAT(stage.log(), ElementsAre("exact 5 3000000 y", "fast 3 2000000000 b"));
}

TEST(TestingStage, RefusesParametersAsTheHostDoes) {
  penstock::testing::Stage<Talkative> stage;
  EXPECT_FALSE(stage.configure({{"cuont", 5}}));
  EXPECT_THAT(stage.failures().back().text,
              "there is no parameter `cuont`; known are `mode`, `count`, `pause`, `names`, `loud`");
  EXPECT_FALSE(stage.configure({{"count", 0}}));
  EXPECT_EQ(stage.failures().back().text, "`count` is out of its bounds");
  EXPECT_FALSE(stage.configure({{"mode", "slow"}}));
  EXPECT_EQ(stage.failures().back().text, "`mode` cannot be `slow`");
  EXPECT_FALSE(stage.configure({{"loud", 1}}));
  EXPECT_EQ(stage.failures().back().text, "`loud` is of type bool");
  EXPECT_FALSE(stage.configure({{"count", 13}}));
  EXPECT_EQ(stage.failures().back().text, "is unlucky");
  EXPECT_EQ(stage.failures().back().where, 1);
}

TEST(TestingStage, ShowsMetricsAndTheirChanges) {
  penstock::testing::Stage<Talkative> stage;
  stage.process({reading, with(reading, "value", 0.25)});
  EXPECT_EQ(stage.metric("level"), 0.5);
  EXPECT_EQ(stage.metric("on"), true);
  EXPECT_EQ(stage.metric("of"), null);
  EXPECT_EQ(stage.failures().back().text, "there is no metric `of`; known are `level`, `on`");
  EXPECT_THAT(stage.changes(),
              ElementsAre(Change{"level", 0, 0.5}, Change{"level", 0.5, 0.25, false}, Change{"on", false, true}));
}

TEST(TestingStage, ShowsRejectionsAndFailures) {
  penstock::testing::Stage<Talkative> stage;
  EXPECT_THAT(stage.process({with(reading, "note", "bad"), reading}), SizeIs(1));
  ASSERT_THAT(stage.rejections(), SizeIs(1));
  EXPECT_EQ(stage.rejections()[0].row, 0);
  EXPECT_EQ(stage.rejections()[0].reason, "it says so");
  EXPECT_THAT(stage.process({with(reading, "note", "worse")}), IsEmpty());
  ASSERT_THAT(stage.failures(), SizeIs(1));
  EXPECT_EQ(stage.failures()[0].text, "it says so too");
  EXPECT_EQ(stage.failures()[0].status, PENSTOCK_FAILED);
  EXPECT_EQ(stage.alarm(), std::chrono::seconds(2));
}

TEST(TestingStage, PrintsWhatItKeeps) {
  penstock::testing::Stage<Talkative> stage;
  stage.process({with(reading, "note", "bad"), reading});
  stage.process({with(reading, "note", "worse")});
  stage.configure({{"count", 13}});
  EXPECT_EQ(::testing::PrintToString(stage.rejections().front()), "rejected row 0: it says so");
  EXPECT_EQ(::testing::PrintToString(stage.failures().front()), "failed: it says so too");
  EXPECT_EQ(::testing::PrintToString(stage.failures().back()), "refused: is unlucky (at 1)");
}

TEST(TestingStage, SaysWhatIsWrongWithTheRowsOfTheTest) {
  penstock::testing::Stage<Talkative> stage;
  EXPECT_THAT(stage.process({{{"sensor_id", "T1"}}}), IsEmpty());
  EXPECT_EQ(stage.failures().back().text, "row 0 has no column `value`");
  stage.process({reading, with(reading, "rank", "first")});
  EXPECT_EQ(stage.failures().back().text, "column `rank` of row 1 is to be of type i32");
  stage.process({with(reading, "sensor_id", null)});
  EXPECT_THAT(stage.failures().back().text, HasSubstr("column `sensor_id` of row 0 is null"));
}

// Emits pairs, and what is left at the end.
class Pairs {
  struct In {
    PENSTOCK_READS(double, value, "");
  };
  struct Out {
    PENSTOCK_ADDS(double, sum, "");
  };
  double sum_ = 0;
  bool has_one_ = false;

 public:
  void process(const penstock::Batch<In>& in, penstock::Output<Out>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row) {
      sum_ += in.load(row).value;
      has_one_ = !has_one_;
      if (!has_one_) out.push({std::exchange(sum_, 0)});
    }
  }
  void flush(penstock::Output<Out>& out) {
    if (has_one_) out.push({sum_});
  }
};

TEST(TestingStage, GivesWhatAStageEmits) {
  penstock::testing::Stage<Pairs> stage;
  stage.emitted_capacity(1);
  const auto value = [](double x) { return Row{{"value", x}}; };
  EXPECT_EQ(stage.process({value(1), value(2), value(3), value(4), value(5)}), (Rows{{{"sum", 3.0}}, {{"sum", 7.0}}}));
  EXPECT_EQ(stage.flush(), (Rows{{{"sum", 5.0}}}));
}

class Countdown {
  PENSTOCK_PARAM(std::int64_t, from, 3, "first number");
  struct Row {
    PENSTOCK_ADDS(std::int64_t, n, "");
    PENSTOCK_ADDS(penstock::Key, name, "");
  };
  penstock::Host& host_;
  std::int64_t start_ = 0;

 public:
  explicit Countdown(penstock::Host& host) : host_(host) {}
  void seek(std::string_view position) { start_ = std::stoll(std::string(position)); }
  penstock::Generator stream(penstock::Output<Row>& out) {
    for (std::int64_t n = start_ > 0 ? start_ : *from; n > 0; --n) {
      out.push({n, host_.intern("n" + std::to_string(n))});
      out.position(std::to_string(n - 1));
      if (out.full()) co_yield out;
    }
    out.reject("0", "line 4", "is no number to count down");
  }
};

TEST(TestingSource, GivesRowsUntilItHasEnded) {
  penstock::testing::Source<Countdown> source({{"from", 3}});
  EXPECT_EQ(source.stream(2), (Rows{{{"n", 3}, {"name", "n3"}}, {{"n", 2}, {"name", "n2"}}}));
  EXPECT_EQ(source.position(), "1");
  EXPECT_FALSE(source.has_ended());
  EXPECT_THAT(source.all(), SizeIs(1));
  EXPECT_TRUE(source.stream().empty() && source.has_ended());
  ASSERT_THAT(source.rejections(), SizeIs(1));
  EXPECT_EQ(source.rejections()[0].place, "line 4");
  EXPECT_EQ(source.rejections()[0].raw, "0");
}

TEST(TestingSource, GoesOnWhereItIsToldTo) {
  penstock::testing::Source<Countdown> source;
  ASSERT_TRUE(source.seek("1"));
  EXPECT_EQ(source.all(), (Rows{{{"n", 1}, {"name", "n1"}}}));
}

TEST(TestingCell, ComparesNumbersByTheirValue) {
  using penstock::testing::Cell;
  EXPECT_EQ(Cell(1), Cell(1u));
  EXPECT_EQ(Cell(1), Cell(1.0));
  EXPECT_EQ(Cell(NAN), Cell(NAN));
  EXPECT_FALSE(Cell(-1) == Cell(UINT64_MAX));
  EXPECT_FALSE(Cell(1) == Cell(true));
  EXPECT_FALSE(Cell(0) == Cell(null));
  EXPECT_FALSE(Cell("1") == Cell(1));
}

TEST(TestingCell, IsNullInEveryWayOfSayingIt) {
  using penstock::testing::Cell;
  const Row row{{"a", nullptr},
                {"b", std::nullopt},
                {"c", penstock::Nullable<double>{}},
                {"d", std::optional<penstock::Time>()},
                {"e", penstock::Nullable<int>{7}}};
  EXPECT_EQ(row, (Row{{"a", null}, {"b", null}, {"c", null}, {"d", null}, {"e", 7}}));
  EXPECT_EQ(row["d"].type(), "time");
  EXPECT_TRUE(row["e"].may_be_null());
  penstock::testing::Stage<Talkative> stage;
  EXPECT_FALSE(stage.configure({{"count", nullptr}}));
  EXPECT_EQ(stage.failures().back().text, "`count` is of type u64");
  EXPECT_FALSE(stage.configure({{"names", std::nullopt}}));
  EXPECT_EQ(stage.failures().back().text, "`names` is of type list");
}

TEST(TestingStage, TakesNoNumberThatItsTypeCannotHold) {
  penstock::testing::Stage<Talkative> stage;
  for (const penstock::testing::Cell& rank :
       {penstock::testing::Cell(0.5), {1e300}, {INT64_MAX}, {UINT64_MAX}, {NAN}}) {
    ASSERT_THAT(stage.process({with(reading, "rank", rank)}), IsEmpty());
    EXPECT_EQ(stage.failures().back().text, "column `rank` of row 0 is to be of type i32");
  }
  EXPECT_THAT(stage.process({with(reading, "rank", 4.0)}), SizeIs(1));
  EXPECT_FALSE(stage.configure({{"count", 2.5}}));
  EXPECT_EQ(stage.failures().back().text, "`count` is of type u64");
}

TEST(TestingRow, IsPrintedAsItIsWritten) {
  EXPECT_EQ(::testing::PrintToString(Row{{"a", 0.5}, {"b", "x"}, {"c", null}}), "{a: 0.5, b: \"x\", c: null}");
}

}  // namespace
