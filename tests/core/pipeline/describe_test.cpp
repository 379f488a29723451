#include "pipeline/describe.hpp"

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Describe : public Bench {};

TEST_F(Describe, SaysWhatAWholePipelineNeeds) {
  EXPECT_FALSE(compile("stage:\n  - {type: threshold_filter}\nsource: csv_reader\n"));
  EXPECT_EQ(said(),
            "error[PS0405]: a pipeline has no key `stage`\n"
            "  --> p.yaml:1:1\n"
            "   = note: known are `pipeline`, `source`, `stages`, `sink`, `partitions`, `max_keys`\n"
            "   = help: did you mean `stages`?\n"
            "error[PS0406]: `source` is a word where a mapping belongs\n"
            "  --> p.yaml:3:9\n"
            "   |  expected  a mapping\n"
            "   |  found     csv_reader\n"
            "   = help: write `{type: csv_reader}`; parameters stand behind the type, each after a comma\n"
            "error[PS0405]: the pipeline has no `sink`\n"
            "  --> p.yaml:1:1\n"
            "   = help: write `sink: {type: TYPE}`\n");
  EXPECT_FALSE(compile("version: 1\nsource: {type: csv_reader, path: x}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("help: remove it, or write one of these"));
  EXPECT_FALSE(compile("- a\n"));
  EXPECT_THAT(said(), HasSubstr("this is no pipeline file: it holds a list and no keys"));
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\nstages: {type: normalize}\nsink: {type: console}\n"));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("a list of stages"), HasSubstr("write `- {type: normalize}` below it for each stage")));
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\nstages: {normalize: {low: 0}}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("write `- {type: normalize}` below it for each stage"));
  EXPECT_FALSE(compile("source: {type: csv_reader, params: {path: x}}\nsink: {type: console}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0409")) << "that `path` is missing has the same cause";
}

TEST_F(Describe, SaysThatReadingsAreNoPipeline) {
  EXPECT_FALSE(compile("sensor_id,timestamp,value\nT1,2026-03-01T12:00:00Z,20.5\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:1:1"), HasSubstr("this is no pipeline file: it holds a text and no keys"),
                            HasSubstr("if these are readings, name the pipeline file here, and in it this one as the "
                                      "`path` of its source")));
  EXPECT_FALSE(compile("hello\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("no pipeline file"), Not(HasSubstr("readings"))));
}

TEST_F(Describe, SaysWhatStandsBelowStages) {
  const std::string source = "source: {type: csv_reader, path: x}\n", sink = "sink: {type: console}\n";
  EXPECT_FALSE(compile(source + "stages:\n" + sink));
  EXPECT_THAT(said(), HasSubstr("write `- {type: TYPE}` below it for each stage, or leave `stages` out"));
  for (const char* stage : {"  -type: normalize\n", "  -{type: normalize}\n", "  -normalize\n"}) {
    EXPECT_FALSE(compile(source + "stages:\n" + stage + sink));
    EXPECT_THAT(said(), HasSubstr("put a space behind the `-` of each stage: `- {type: ")) << stage;
  }
}

TEST_F(Describe, SaysThatAKeyOfANodeIsNotIndented) {
  EXPECT_FALSE(compile("source:\ntype: csv_reader\nsink: {type: console}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:2:1"), HasSubstr("a pipeline has no key `type`"),
                            HasSubstr("indent it below the `source:`, stage or `sink:` that it belongs to")));
}

TEST_F(Describe, SaysThatAPipelineHasOneSourceAndOneSink) {
  for (const char* sink : {"sinks: [{type: console}, {type: csv_writer}]", "sink: [{type: console}]",
                           "sinks:\n  - console", "sink:\n  - type: console\n    flush_every: 5"}) {
    EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\n" + std::string(sink) + "\n"));
    EXPECT_THAT(said(), HasSubstr("a pipeline has one sink: write `sink: {type: console}`;")) << sink;
    EXPECT_EQ(found_.errors(), 1u) << said();
  }
  EXPECT_FALSE(compile("source: [{type: csv_reader, path: x}]\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("a pipeline has one source: write `source: {type: csv_reader}`;"));
}

TEST_F(Describe, HoldsAThousandStagesAndNoMore) {
  const auto of_stages = [](int count) {
    std::string text = "source: {type: csv_reader, path: x}\nstages:\n";
    for (int i = 0; i < count; ++i) text += "  - {type: threshold_filter}\n";
    return text + "sink: {type: console}\n";
  };
  ASSERT_TRUE(compile(of_stages(1000))) << said();
  EXPECT_EQ(plan_->nodes[1000].name, "threshold_filter_1000");
  EXPECT_FALSE(compile(of_stages(1001)));
  EXPECT_THAT(codes(), ElementsAre("PS0406"));
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:1003:5"), HasSubstr("at most 1000"), HasSubstr("1001")));
}

TEST_F(Describe, NamesNodesAfterTheirTypes) {
  ASSERT_TRUE(compile(
      "source: {type: csv_reader, path: x}\nstages:\n"
      "  - {type: threshold_filter}\n  - {type: threshold_filter}\n  - {type: normalize, name: threshold_filter_2}\n"
      "  - {type: threshold_filter}\nsink: {type: console}\n"))
      << said();
  std::vector<std::string> names;
  for (const NodePlan& node : plan_->nodes) names.push_back(node.name);
  EXPECT_THAT(names, ElementsAre("csv_reader", "threshold_filter", "threshold_filter_3", "threshold_filter_2",
                                 "threshold_filter_4", "console"));
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x, name: a}\nsink: {type: console, name: a}\n"));
  EXPECT_THAT(said(), HasSubstr("two nodes are called `a`\n  --> p.yaml:2:14\n"
                                "   = note: the first of them is at p.yaml:1:16\n"));
}

TEST_F(Describe, ReplacesTheSinkOnRequest) {
  request_.sink = "console";
  ASSERT_TRUE(compile("source: {type: csv_reader, path: x}\nsink: {type: nowhere, url: y}\n")) << said();
  EXPECT_EQ(plan_->nodes.back().name, "console");
  ASSERT_TRUE(compile("source: {type: csv_reader, path: x}\n")) << said();
  request_.sink = "consle";
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("did you mean `console`?"), HasSubstr("--sink")));
}

TEST_F(Describe, ReportsEveryKeyOfALaterVersionInOneGo) {
  EXPECT_FALSE(
      compile("nodes:\n  reader: {type: csv_reader, path: x, retry: 3, audit: all}\n"
              "  screen: {type: console, inputs: [reader], timeout: 5s}\n"));
  EXPECT_EQ(codes(), std::vector<std::string>(4, "PS0404")) << said();
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:2:39"), HasSubstr("`retry`"), HasSubstr("`audit`"),
                            HasSubstr("`timeout`"), Not(HasSubstr("`inputs`"))))
      << "`inputs` goes with `nodes`";
}

}  // namespace
}  // namespace penstock::pipeline
