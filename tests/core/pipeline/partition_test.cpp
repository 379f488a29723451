#include "pipeline/partition.hpp"

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PartitionTest : public Bench {
 protected:
  PartitionTest() {
    add("penstock:1\tname:serial\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
        "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
        "method:process\tsignature:(batch) -> status\ncolumn:value\taccess:read\ttype:f64\tnull:yes\tdoc:a value\n");
  }

  bool compile(const std::string& partitions, const std::string& stages = every_stage) {
    return Bench::compile("source: {type: csv_reader, path: r.csv}\nstages:\n" + stages +
                          "sink: {type: console}\npartitions: " + partitions + "\n");
  }

  static inline const std::string every_stage =
      "  - type: threshold_filter\n  - type: normalize\n  - type: rolling_average\n";
};

TEST_F(PartitionTest, KeyedStagesAndThoseWithoutStateAroundThemExistOnceForEach) {
  ASSERT_TRUE(compile("{by: sensor_id, count: 3}"));
  ASSERT_TRUE(plan_->partitions);
  EXPECT_EQ(plan_->partitions->first, 1u);
  EXPECT_EQ(plan_->partitions->end, 4u);
  EXPECT_EQ(plan_->partitions->count(), 3u);
  EXPECT_EQ(plan_->nodes[1].in[plan_->partitions->by].name, "sensor_id");
  for (const auto& copies : plan_->partitions->copies) {
    ASSERT_EQ(copies.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(copies[i].name, plan_->nodes[i + 1].name);
      EXPECT_EQ(copies[i].out, plan_->nodes[i + 1].out);
      EXPECT_NE(copies[i].instance.get(), plan_->nodes[i + 1].instance.get());
    }
  }
}

TEST_F(PartitionTest, AValueIsAnnouncedOnceForAllInstances) {
  ASSERT_TRUE(compile("{by: sensor_id, count: 4}"));
  std::vector<std::string> windows;
  for (const std::string& value : hosts_->values())
    if (value.starts_with("rolling_average.window")) windows.push_back(value);
  EXPECT_THAT(windows, ElementsAre("rolling_average.window = 20 (default)"));
}

TEST_F(PartitionTest, AutoIsTheNumberOfThreads) {
  request_.threads = 6;
  ASSERT_TRUE(compile("{by: sensor_id, count: auto}"));
  EXPECT_EQ(plan_->partitions->count(), 6u);
  ASSERT_TRUE(compile("{by: sensor_id}"));
  EXPECT_EQ(plan_->partitions->count(), 6u);
  request_.threads = 1;
  ASSERT_TRUE(compile("{by: sensor_id}"));
  EXPECT_FALSE(plan_->partitions);
}

TEST_F(PartitionTest, AutoIsNoMoreThanThereMayBe) {
  request_.threads = 256;
  ASSERT_TRUE(compile("{by: sensor_id}"));
  EXPECT_EQ(plan_->partitions->count(), 64u);
}

TEST_F(PartitionTest, OneIsNone) {
  ASSERT_TRUE(compile("{by: sensor_id, count: 1}"));
  EXPECT_FALSE(plan_->partitions);
}

TEST_F(PartitionTest, AStageWithAStateOfItsOwnStaysOutsideAtTheEnds) {
  ASSERT_TRUE(
      compile("{by: sensor_id, count: 2}", "  - type: serial\n" + every_stage + "  - {type: serial, name: last}\n"));
  EXPECT_EQ(plan_->partitions->first, 2u);
  EXPECT_EQ(plan_->partitions->end, 5u);
}

TEST_F(PartitionTest, SaysWhatStandsBetweenKeyedStages) {
  EXPECT_FALSE(compile("{by: sensor_id, count: 2}",
                       every_stage + "  - type: serial\n"
                                     "  - {type: rolling_average, name: again, columns: {rolling_avg: second}}\n"));
  EXPECT_THAT(said(), HasSubstr("the stages that are keyed by `sensor_id` cannot run in partitions"));
  EXPECT_THAT(said(), HasSubstr("`serial` keeps a state that is not parted by a key"));
  EXPECT_EQ(found_.errors(), 1u);
}

TEST_F(PartitionTest, SaysWhyNoStageCan) {
  EXPECT_FALSE(compile("{by: unit, count: 2}", "  - type: rolling_average\n"));
  EXPECT_THAT(said(), HasSubstr("no stage can run in partitions by `unit`"));
  EXPECT_THAT(said(), HasSubstr("`rolling_average` is keyed by `sensor_id`"));
}

TEST_F(PartitionTest, NamesTheKeyThatIsMeantWhereAColumnIsNone) {
  EXPECT_FALSE(compile("{by: value, count: 2}", "  - type: rolling_average\n"));
  EXPECT_THAT(said(), HasSubstr("write `by: sensor_id`: rows are parted by a key"));
  EXPECT_FALSE(compile("{by: value, count: 2}", "  - type: serial\n"));
  EXPECT_THAT(said(), HasSubstr("write `by: sensor_id`: rows are parted by a key"));
}

TEST_F(PartitionTest, ARejectsFileKeepsAStageOut) {
  EXPECT_FALSE(
      compile("{by: sensor_id, count: 2}", "  - {type: rolling_average, on_bad_row: reject, rejects: r.ndjson}\n"));
  EXPECT_THAT(said(), HasSubstr("`rolling_average` has `rejects:`"));
}

TEST_F(PartitionTest, ColumnsAreNamedAsInThePipeline) {
  EXPECT_FALSE(compile("{by: sensor, count: 1}")) << "a file is as good on one processor as on many";
  EXPECT_FALSE(compile("{by: sensor, count: 2}"));
  EXPECT_THAT(said(), HasSubstr("no column of that name comes to `threshold_filter`"));
  EXPECT_THAT(said(), HasSubstr("keys that come there are `sensor_id`"));
}

TEST_F(PartitionTest, SuggestsTheKeyThatIsNearest) {
  EXPECT_FALSE(compile("{by: sensr_id, count: 2}"));
  EXPECT_THAT(said(), HasSubstr("did you mean `sensor_id`?"));
  EXPECT_FALSE(compile("{by: sensr_id, count: 2}", "  - type: rolling_average\n"));
  EXPECT_THAT(said(), HasSubstr("did you mean `sensor_id`?"));
  EXPECT_THAT(said(), testing::Not(HasSubstr("remove `partitions:`"))) << "one letter is wrong, not the partitions";
  EXPECT_FALSE(compile("{by: value, count: 2}"));
  EXPECT_THAT(said(), HasSubstr("name one of them: `partitions: {by: sensor_id}`"));
}

TEST_F(PartitionTest, RefusesWhatIsNoNumberOfPartitions) {
  for (const char* const wrong : {"0", "65", "-1", "two", "010", "[2]"}) {
    EXPECT_FALSE(compile("{by: sensor_id, count: " + std::string(wrong) + "}")) << wrong;
    EXPECT_THAT(said(), HasSubstr("`count` has a wrong value")) << wrong;
  }
  EXPECT_FALSE(compile("4"));
  EXPECT_THAT(said(), HasSubstr("write `partitions: {by: sensor_id, count: auto}`"));
  EXPECT_FALSE(compile("{count: 4}"));
  EXPECT_THAT(said(), HasSubstr("`partitions` has no `by`"));
  EXPECT_FALSE(compile("{by: sensor_id, cuont: 4}"));
  EXPECT_THAT(said(), HasSubstr("did you mean `count`?"));
}

TEST_F(PartitionTest, TheKeysOfARunAreLimited) {
  ASSERT_TRUE(Bench::compile("source: {type: csv_reader, path: r.csv}\nsink: {type: console}\nmax_keys: 1000\n"));
  EXPECT_EQ(plan_->max_keys, 1000);
  EXPECT_FALSE(Bench::compile("source: {type: csv_reader, path: r.csv}\nsink: {type: console}\nmax_keys: 0\n"));
  EXPECT_THAT(said(), HasSubstr("a number of keys from 1 to 2147483647"));
}

}  // namespace
}  // namespace penstock::pipeline
