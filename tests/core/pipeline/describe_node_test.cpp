#include "pipeline/describe_node.hpp"

#include "core/pipeline/every_type.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class DescribeNode : public EveryType {};

TEST_F(DescribeNode, RefusesKeysThatNobodyHas) {
  expect_refused(
      {
          {"{type: threshold_filter, mim: 0, max: 150}",
           {"PS0409", "p.yaml:3:30", "no parameter `mim`", "its parameters are `min`, `max`", "did you mean `min`?"}},
          {"{type: threshold_filter, Max: 150}", {"p.yaml:3:30", "`Max`", "did you mean `max`?"}},
          {"{type: threshold_filter, on_bad_rows: reject}",
           {"no parameter `on_bad_rows`", "did you mean `on_bad_row`?"}},
          {"{type: threshold_filter, colums: {value: v}}", {"did you mean `columns`?"}},
          {"{type: threshold_filter, path: x}", {"`path` is a parameter of `csv_reader`"}},
          {"{type: threshold_filter, min: 1,5}",
           {"no parameter `5`", "write the number without it, or with a decimal point"}},
          {"{type: treshold_filter, mim: 0}",
           {"PS0407", "p.yaml:3:12", "`treshold_filter`", "did you mean `threshold_filter`?"}},
          {"{type: filter}", {"PS0407", "did you mean `threshold_filter`?"}},
          {"{type: csv}", {"PS0407", "known are `console`, `csv_reader`"}},
          {"{type: test}", {"PS0407", "library `libtest.so` exports `console`, `csv_reader`", ": a node has a type"}},
          {"{type: quite_another}", {"PS0407", "known are `console`, `csv_reader`", "penstock list"}},
          {"{type: console}", {"PS0408", "where a Stage belongs", "its place is `sink:`"}},
          {"{tpye: threshold_filter}", {"PS0405", "p.yaml:3:6", "did you mean `type`?"}},
          {"{type: threshold_filter, params: {min: 1}}",
           {"PS0409", "no parameter `params`", "put `min` beside `type`"}},
          {"{type: threshold_filter, min:hunter2}",
           {"no parameter `min:...`", "put a space behind the colon: `min: VALUE`"}},
          {"{type: threshold_filter, max = 150}",
           {"no parameter `max = ...`", "a value stands behind a colon and a space: write `max: 150`"}},
          {"{type: threshold_filter, mix = hunter2}", {"no parameter `mix = ...`", "write `mix: VALUE`"}},
          {"{type:threshold_filter, min: 2}", {"PS0405", "put a space behind each colon: `type: threshold_filter`"}},
          {"{min: 1}", {"PS0405", "stage 1 has no `type`"}},
          {"type: threshold_filter\n  - min: 0",
           {"PS0405", "stage 2 has no `type`",
            "write `type: TYPE`, or take out the `-` if `min` belongs to the stage above"}},
          {"{type: }", {"PS0406", "`type`", "nothing"}},
          {"{type: [threshold_filter]}", {"PS0406", "a list"}},
          {"threshold_filter",
           {"PS0406", "stage 1 is a word where a mapping belongs",
            "write `{type: threshold_filter}`; parameters stand behind the type, each after a comma"}},
          {"{threshold_filter: {min: 0}}",
           {"PS0405", "stage 1 has no `type`",
            "write `{type: threshold_filter}`; parameters stand behind the type, each after a comma"}},
          {"threshold_filter:\n    min: 0", {"PS0405", "write `{type: threshold_filter}`"}},
          {"", {"PS0406", "stage 1 is nothing where a mapping belongs"}},
      },
      pipeline_of);
}

TEST_F(DescribeNode, RefusesHostKeysOfALaterVersion) {
  for (const plugin::NodeKey& key : plugin::node_keys) {
    if (key.supported) continue;
    expect_refused({{"{type: threshold_filter, " + std::string(key.name) + ": 3}",
                     {"PS0404", "`" + std::string(key.name) + "` is not supported"}}},
                   pipeline_of);
  }
  EXPECT_FALSE(compile("nodes: []\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0404"));
}

TEST_F(DescribeNode, ChecksTheHostsOwnKeys) {
  expect_refused(
      {
          {"{type: threshold_filter, on_bad_row: drop}",
           {"PS0406", "stop or reject", "drop", "write `reject` to count the row and go on, or `stop` to end the run"}},
          {"{type: threshold_filter, on_bad_row: [reject]}", {"PS0406", "stop or reject"}},
          {"{type: threshold_filter, rejects: r.csv}", {"PS0406", "add `on_bad_row: reject`"}},
          {"{type: threshold_filter, on_bad_row: reject, rejects: }", {"PS0406", "`rejects`"}},
          {"{type: threshold_filter, on_bad_row: reject, rejects: \"-\"}", {"PS0406", "`rejects`", "name a file"}},
          {"{type: threshold_filter, on_bad_row: reject, rejects: \"a\\0b\"}", {"PS0406", "`rejects`"}},
          {"{type: threshold_filter, columns: {value: \"a\\0b\"}}", {"PS0406", "without control characters"}},
          {"{type: threshold_filter, flush_every: 5}",
           {"PS0405", "p.yaml:3:30", "`flush_every` is a key of sinks only", "move it to the `sink:`"}},
          {"{type: threshold_filter, max_delay: 5s}",
           {"PS0405", "`max_delay` is a key of sources only", "move it to the `source:`"}},
          {"{type: normalize, columns: {value: value, normalized: value}}",
           {"PS0406", "`columns` gives `value` and `normalized` the same name, `value`"}},
          {"{type: threshold_filter, name: a.b}", {"PS0406", "a letter or `_`"}},
          {"{type: threshold_filter, name: csv_reader2, columns: value}", {"PS0406", "columns"}},
          {"{type: threshold_filter, columns: {value: }}", {"PS0406", "`value`"}},
      },
      pipeline_of);
  for (const char* rows : {"0", "-1", "1e3", "many", "[1]", ""}) {
    EXPECT_FALSE(compile(
        "source: {type: csv_reader, path: x}\nsink: {type: console, flush_every: " + std::string(rows) + "}\n"));
    EXPECT_THAT(said(), AllOf(HasSubstr("PS0406"), HasSubstr("a number of rows, at least 1"))) << rows;
  }
}

TEST_F(DescribeNode, AdvisesOnANumberOfAHostKeyByWhatWasWritten) {
  EXPECT_FALSE(
      compile("source: {type: csv_reader, path: x, max_delay: 5}\nsink: {type: console, flush_every: 1_000}\n"
              "max_keys: 0x10\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("help: write 5s for seconds, 5ms for milliseconds"),
                            HasSubstr("help: write 1000\n"), HasSubstr("help: write 16\n")));
  for (const auto& [delay, expected] :
       {std::pair{"5 secs", "expected  a duration: a number and one of d h m s ms us ns"},
        {"fast", "expected  a duration: a number and one of d h m s ms us ns"},
        {"-1ms", "expected  a duration of at least 0s"}}) {
    EXPECT_FALSE(
        compile("source: {type: csv_reader, path: x, max_delay: " + std::string(delay) + "}\nsink: {type: console}\n"));
    EXPECT_THAT(said(), AllOf(HasSubstr("PS0406"), HasSubstr(expected))) << delay;
  }
}

TEST_F(DescribeNode, TakesTheHostsOwnKeys) {
  ASSERT_TRUE(
      compile("source: {type: csv_reader, path: x, name: plant, on_bad_row: reject, rejects: bad.csv}\n"
              "sink: {type: console, flush_every: 5000, on_bad_row: stop}\n"))
      << said();
  EXPECT_EQ(plan_->nodes[0].name, "plant");
  EXPECT_EQ(plan_->nodes[0].on_bad_row, OnBadRow::reject);
  EXPECT_EQ(plan_->nodes[0].rejects, std::filesystem::current_path() / "bad.csv");
  EXPECT_EQ(plan_->nodes[1].flush_every_rows, 5000u);
  EXPECT_EQ(plan_->nodes[1].on_bad_row, OnBadRow::stop);
  EXPECT_EQ(plan_->nodes[1].rejects, std::nullopt);
}

}  // namespace
}  // namespace penstock::pipeline
