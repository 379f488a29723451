// The test bench of the SDK: sinks, and what holds for whatever takes every column that comes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <penstock/testing.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using penstock::testing::null;
using testing::ElementsAre;
using testing::SizeIs;

class Printer {
  std::vector<penstock::OwnedBatch> taken_;
  penstock::Host& host_;

 public:
  explicit Printer(penstock::Host& host) : host_(host) {}
  penstock::Flow consume(const penstock::Batch<>& batch) {
    std::string line;
    for (std::size_t row = 0; row < batch.rows(); ++row)
      for (const auto& column : batch.columns()) line.append(column.text(row, "-")).append(" ");
    host_.log(penstock::LogLevel::info, line);
    taken_.push_back(batch.take());
    return taken_.size() < 2 ? penstock::more : penstock::enough;
  }
  void flush() {
    std::string line = "flushed";
    for (const auto& batch : taken_) line.append(" ").append(batch.columns()[0].text(0, "-"));
    host_.log(penstock::LogLevel::info, line);
  }
};

TEST(TestingSink, TakesWhateverColumnsTheRowsHave) {
  penstock::testing::Sink<Printer> sink;
  EXPECT_TRUE(sink.consume(
      {{{"a", "x"}, {"b", 1}, {"c", null}, {"d", true}}, {{"a", null}, {"b", 2}, {"c", 0.5}, {"d", null}}}));
  EXPECT_FALSE(sink.has_ended());
  EXPECT_TRUE(sink.consume({{{"a", "y"}, {"b", 3}, {"c", 1.5}, {"d", false}}}));
  EXPECT_TRUE(sink.has_ended());
  EXPECT_TRUE(sink.flush());
  EXPECT_THAT(sink.log(), ElementsAre("x 1 - true - 2 0.5 - ", "y 3 1.5 false ", "flushed x y"));
}

// Reads one column of whatever comes.
class Adder {
  penstock::Host& host_;

 public:
  explicit Adder(penstock::Host& host) : host_(host) {}
  void consume(const penstock::Batch<>& batch) {
    double sum = 0;
    for (const double value : batch.column<double>("value")) sum += value;
    host_.log(penstock::LogLevel::info, std::to_string(sum));
  }
};

TEST(TestingSink, IsBoundToTheColumnsOfItsFirstRows) {
  penstock::testing::Sink<Adder> sink;
  ASSERT_TRUE(sink.consume({{{"sensor_id", "q"}, {"value", 1.0}}}));
  EXPECT_TRUE(sink.consume({{{"value", 2}, {"sensor_id", "r"}}})) << "the same columns, in another order";
  EXPECT_THAT(sink.log(), ElementsAre("1.000000", "2.000000"));
  const std::string bound = "; the columns are those of the first rows, to which the class was bound";
  EXPECT_FALSE(sink.consume({{{"sensor_id", "q"}}}));
  EXPECT_EQ(sink.failures().back().text, "row 0 has no column `value`" + bound);
  EXPECT_FALSE(sink.consume({{{"sensor_id", "q"}, {"value", "text"}}}));
  EXPECT_EQ(sink.failures().back().text, "column `value` of row 0 is to be of type f64" + bound);
  EXPECT_FALSE(sink.consume({{{"sensor_id", "q"}, {"value", penstock::Time{7}}}}));
  EXPECT_EQ(sink.failures().back().text, "column `value` of row 0 is to be of type f64" + bound);
  EXPECT_FALSE(sink.consume({{{"sensor_id", "q"}, {"value", 1.0}, {"unit", "K"}}}));
  EXPECT_EQ(sink.failures().back().text, "row 0 has a column `unit` too many" + bound);
  EXPECT_FALSE(sink.consume({{{"sensor_id", "q"}, {"value", null}}}));
  EXPECT_EQ(sink.failures().back().text,
            "column `value` of row 0 is null, and takes no nulls: the host rejects the row" + bound);
  EXPECT_THAT(sink.log(), SizeIs(2));
}

TEST(TestingSink, IsBoundAnewUntilItHasAccepted) {
  struct Choosy {
    void bind(const penstock::Schema& in) {
      if (in.columns().size() != 1) throw penstock::Refused("one column is wanted");
    }
    void consume(const penstock::Batch<>&) {}
  };
  penstock::testing::Sink<Choosy> sink;
  EXPECT_FALSE(sink.consume({{{"a", 1}, {"b", 1}}}));
  EXPECT_EQ(sink.failures().back().text, "one column is wanted");
  EXPECT_TRUE(sink.consume({{{"a", 1}}}));
}

TEST(TestingSink, DoesNotReadNullsAsValues) {
  for (const penstock::testing::Cell& second : {penstock::testing::Cell(null), {penstock::Nullable<double>{2.0}}}) {
    penstock::testing::Sink<Adder> sink;
    EXPECT_FALSE(sink.consume({{{"value", 1.0}}, {{"value", second}}}));
    ASSERT_THAT(sink.failures(), SizeIs(1));
    EXPECT_EQ(sink.failures()[0].status, PENSTOCK_REFUSED);
    EXPECT_EQ(sink.failures()[0].text,
              "column `value` may be null, and `double` cannot say so: write "
              "`column<penstock::Nullable<double>>(\"value\")`; of its element `x` the value is `x.value` where `x.valid`");
  }
}

// Its rows as text, and how it takes them.
class Names {
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "sensor");
    PENSTOCK_READS(penstock::Nullable<penstock::Key>, unit, "its unit");
    PENSTOCK_READS(penstock::Nullable<std::string_view>, note, "a text");
  };
  penstock::Host& host_;

 public:
  explicit Names(penstock::Host& host) : host_(host) {}
  void consume(const penstock::Batch<Reading>& batch) {
    std::string line;
    batch.each([&](const Reading& r) { line.append(batch.text(&Reading::sensor_id, r.sensor_id)).append(" "); });
    batch.each([&](Reading r) { line.append(r.note ? *r.note : "-").append(" "); });
    batch.each([&](Reading& r) { line.append(r.unit ? batch.text(&Reading::unit, *r.unit) : "-").append(" "); });
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const auto note = batch[&Reading::note][row];
      line.append(batch[&Reading::sensor_id].text(row)).append(batch[&Reading::unit].text(row));
      line.append(note ? *note : "-").append(batch.load(row).note ? "+" : "-").append(" ");
    }
    line.append(batch.text(&Reading::sensor_id, penstock::Key{}));
    host_.log(penstock::LogLevel::info, line);
  }
};

TEST(TestingSink, GoesThroughRowsAndGivesTheTextsOfTheirKeys) {
  penstock::testing::Sink<Names> sink;
  ASSERT_TRUE(sink.consume(
      {{{"sensor_id", "T1"}, {"unit", "K"}, {"note", null}}, {{"sensor_id", "T2"}, {"unit", null}, {"note", "cold"}}}));
  EXPECT_THAT(sink.log(), ElementsAre("T1 T2 - cold K - T1K-- T2cold+ "));
}

class Unlicensed {
 public:
  Unlicensed() { throw penstock::Failed("no licence"); }
  void consume(const penstock::Batch<>&) {}
};

TEST(TestingSink, ThatCannotBeMadeFailsInsteadOfCrashing) {
  penstock::testing::Sink<Unlicensed> sink;
  EXPECT_FALSE(sink.consume({{{"a", 1}}}));
  EXPECT_FALSE(sink.flush());
  ASSERT_THAT(sink.failures(), SizeIs(1));
  EXPECT_EQ(sink.failures()[0].text, "no licence");
}

// Members that no description names.
class Forgetful {
  PENSTOCK_PARAM(double, min, 0.0, "lowest value kept");
  penstock::Param<double> max;

 public:
  void consume(const penstock::Batch<>&) {}
};
class Misspelt {
  penstock::Param<double> min, max;
  penstock::Metric<std::uint64_t> dropped;

 public:
  static consteval auto description() {
    return penstock::described(penstock::attributes::param("min", &Misspelt::min, 0.0, ""));
  }
  void consume(const penstock::Batch<>&) {}
};

class Helped {
  struct Helper {
    PENSTOCK_METRIC(std::uint64_t, steps, "steps taken");
  };
  Helper helper_;

 public:
  void consume(const penstock::Batch<>&) {}
};

TEST(TestingSink, IsNotMadeWithAMemberThatNobodyCouldSetOrAudit) {
  const std::string rest =
      " of the instance: each is declared by PENSTOCK_PARAM or PENSTOCK_METRIC in the class itself, not in a member of "
      "it, or listed in its `describe()`";
  penstock::testing::Sink<Forgetful> forgetful;
  EXPECT_FALSE(forgetful.consume({{{"a", 1}}}));
  ASSERT_THAT(forgetful.failures(), SizeIs(1));
  EXPECT_EQ(forgetful.failures()[0].text, "nobody could set or audit 1 `penstock::Param`" + rest);
  penstock::testing::Sink<Misspelt> misspelt;
  ASSERT_THAT(misspelt.failures(), SizeIs(1));
  EXPECT_EQ(misspelt.failures()[0].text,
            "nobody could set or audit 2 `penstock::Param` and 1 `penstock::Metric`" + rest);
  penstock::testing::Sink<Helped> helped;
  ASSERT_THAT(helped.failures(), SizeIs(1));
  EXPECT_EQ(helped.failures()[0].text, "nobody could set or audit 1 `penstock::Metric`" + rest);
}

class Plain {
  PENSTOCK_PARAM(double, min, 0.0, "lowest value kept");
  PENSTOCK_METRIC(std::uint64_t, kept, "rows kept");

 public:
  void consume(const penstock::Batch<>&) {}
};

TEST(TestingSink, IsMadeOnSeveralThreadsAtOnce) {
  std::atomic<int> failures = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int made = 0; made < 500; ++made)
        failures += static_cast<int>(penstock::testing::Sink<Plain>().failures().size());
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
}

}  // namespace
