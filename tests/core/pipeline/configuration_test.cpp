// What operators get wrong in a pipeline file, by table: each input with the words that its report must hold.
#include "core/pipeline/bench.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Case {
  std::string input;
  std::vector<std::string> says;
};

const std::string every_type =
    "penstock:1\tname:every_type\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
    "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
    "param:flag\ttype:bool\tdefault:false\tdoc:a flag\n"
    "param:count\ttype:i64\tdefault:-3\tmin:-10\tmax:10\tdoc:a count\n"
    "param:limit\ttype:f64\tdefault:100\tmax:200\tunit:degC\tdoc:a limit\n"
    "param:label\ttype:text\tdefault:none\tdoc:a label\n"
    "param:mode\ttype:choice\tdefault:fast\tchoices:fast|exact\tdoc:a mode\n"
    "param:every\ttype:duration\tdefault:1000000000\tmin:1000000\tdoc:an interval\n"
    "param:file\ttype:path\tdefault:\tdoc:a file\n"
    "param:words\ttype:text\tlist:yes\tdefault:a|b\tdoc:some words\n"
    "param:token\ttype:text\tsecret:yes\tdefault:\tdoc:a token\n"
    "param:pin\ttype:u64\tsecret:yes\tdefault:0\tdoc:a pin\n";

class Configuration : public Bench {
 protected:
  Configuration() { add(every_type); }

  static std::string pipeline_of(const std::string& stage) {
    return "source: {type: csv_reader, path: r.csv}\nstages:\n  - " + stage + "\nsink: {type: console}\n";
  }
  static std::string of(const std::string& parameter) { return pipeline_of("type: every_type\n    " + parameter); }

  void expect_refused(const std::vector<Case>& table, std::string (*make)(const std::string&)) {
    for (const Case& row : table) {
      EXPECT_FALSE(compile(make(row.input))) << row.input;
      for (const std::string& words : row.says) EXPECT_THAT(said(), HasSubstr(words)) << row.input;
      EXPECT_EQ(found_.errors(), 1u) << row.input << "\n" << said();
      EXPECT_THAT(hosts_->names(), IsEmpty()) << "an instance was made for a file with faults: " << row.input;
    }
  }
  /** The value that `parameter: text` gives, as it is announced. */
  std::string value(const std::string& written) {
    EXPECT_TRUE(compile(of(written))) << said();
    const std::string name = written.substr(0, written.find(':'));
    for (const ParameterValue& announced : hosts_->parameters)
      if (announced.node == "every_type" && announced.parameter == name) return announced.text;
    return "not announced";
  }
};

TEST_F(Configuration, RefusesKeysThatNobodyHas) {
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
          {"{type: quite_another}", {"PS0407", "known are `console`, `csv_reader`", "penstock list"}},
          {"{type: console}", {"PS0408", "where a Stage belongs", "its place is `sink:`"}},
          {"{tpye: threshold_filter}", {"PS0405", "p.yaml:3:6", "did you mean `type`?"}},
          {"{type: threshold_filter, params: {min: 1}}",
           {"PS0409", "no parameter `params`", "put `min` beside `type`"}},
          {"{type: threshold_filter, min:hunter2}",
           {"no parameter `min:...`", "put a space behind the colon: `min: VALUE`"}},
          {"{type:threshold_filter, min: 2}", {"PS0405", "put a space behind each colon: `type: threshold_filter`"}},
          {"{min: 1}", {"PS0405", "stage 1 has no `type`"}},
          {"{type: }", {"PS0406", "`type`", "nothing"}},
          {"{type: [threshold_filter]}", {"PS0406", "a list"}},
          {"threshold_filter",
           {"PS0406", "stage 1 is a word where a mapping belongs",
            "write `{type: threshold_filter, ...}`, with its parameters after the type"}},
          {"{threshold_filter: {min: 0}}",
           {"PS0405", "stage 1 has no `type`",
            "write `{type: threshold_filter, ...}`, with its parameters after the type"}},
          {"threshold_filter:\n    min: 0", {"PS0405", "write `{type: threshold_filter, ...}`"}},
          {"", {"PS0406", "stage 1 is nothing where a mapping belongs"}},
      },
      pipeline_of);
}

TEST_F(Configuration, SaysThatAKeyOfANodeIsNotIndented) {
  EXPECT_FALSE(compile("source:\ntype: csv_reader\nsink: {type: console}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:2:1"), HasSubstr("a pipeline has no key `type`"),
                            HasSubstr("indent it below the `source:`, stage or `sink:` that it belongs to")));
}

TEST_F(Configuration, RefusesHostKeysOfALaterVersion) {
  for (const plugin::NodeKey& key : plugin::node_keys) {
    if (key.supported) continue;
    expect_refused({{"{type: threshold_filter, " + std::string(key.name) + ": 3}",
                     {"PS0404", "`" + std::string(key.name) + "` is not supported"}}},
                   pipeline_of);
  }
  EXPECT_FALSE(compile("nodes: []\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0404"));
}

TEST_F(Configuration, ChecksTheHostsOwnKeys) {
  expect_refused(
      {
          {"{type: threshold_filter, on_bad_row: drop}", {"PS0406", "stop or reject", "drop"}},
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

TEST_F(Configuration, AdvisesOnANumberOfAHostKeyByWhatWasWritten) {
  EXPECT_FALSE(
      compile("source: {type: csv_reader, path: x, max_delay: 5}\nsink: {type: console, flush_every: 1_000}\n"
              "max_keys: 0x10\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("help: write 5s for seconds"), HasSubstr("help: write 1000\n"),
                            HasSubstr("help: write 16\n")));
}

TEST_F(Configuration, HoldsAThousandStagesAndNoMore) {
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

TEST_F(Configuration, TakesTheHostsOwnKeys) {
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

TEST_F(Configuration, ReadsANumberOnlyFromItsPlainSpelling) {
  expect_refused(
      {{"count: 010",
        {"PS0411", "p.yaml:4:12", "`count = 010` of `every_type`", "-10 to 10", "write 10, or 8 if octal was meant"}},
       {"count: 0x10", {"write 16"}},
       {"count: 20.0", {"write 20"}},
       {"count: 1e3", {"write 1000"}},
       {"count: 20s", {"write the number alone"}},
       {"count: 12:30", {"not a decimal whole number"}},
       {"count: 99999999999999999999",
        {"greater than the largest of 64 bits, 9223372036854775807", "a decimal whole number, -10 to 10"}},
       {"count: -11", {"`count = -11`", "less than the smallest allowed, -10", "-10 to 10"}},
       {"count: \"11\"", {"greater than the largest allowed, 10"}},
       {"count: [5]", {"a list where one value belongs", "write 5"}},
       {"count: {a: 5}", {"a mapping where one value belongs"}},
       {"count:", {"`count` of `every_type` has no value"}},
       {"count: ~", {"has no value"}},
       {"count: null", {"`count = null`", "not a decimal whole number"}},
       {"count: yes", {"not a decimal whole number"}},
       {"limit: nan", {"not finite"}},
       {"limit: .inf", {"not finite"}},
       {"limit: 1,5", {"write 1.5"}},
       {"limit: 250",
        {"`limit = 250 degC`", "greater than the largest allowed, 200 degC", "at most 200 degC", "a limit, in degC"}}},
      of);
  EXPECT_EQ(value("count: \"7\""), "7");
  EXPECT_EQ(value("count: -10"), "-10");
  EXPECT_EQ(value("limit: 1e2"), "100");
}

TEST_F(Configuration, ReadsATextFromAnyScalar) {
  EXPECT_EQ(value("label: no"), "no");
  EXPECT_EQ(value("label: 007"), "007");
  EXPECT_EQ(value("label: 1e3"), "1e3");
  EXPECT_EQ(value("label: null"), "null");
  EXPECT_EQ(value("label: \"\""), "");
  EXPECT_EQ(value("label: '~'"), "~");
  EXPECT_EQ(value("label: \xC2\xB0"
                  "C"),
            "\xC2\xB0"
            "C");
  EXPECT_EQ(value("label: |\n      two\n      lines"), "two\nlines\n");
  expect_refused({{"label:", {"has no value", "write \"\" for the empty text"}},
                  {"label: ~", {"has no value", "nothing"}},
                  {"label: [a]", {"a list where one value belongs", "write a"}},
                  {"label: \"a\\0b\"", {"holds a NUL"}}},
                 of);
}

TEST_F(Configuration, ReadsTheOtherTypesByTheirOwnRules) {
  EXPECT_EQ(value("flag: true"), "true");
  EXPECT_EQ(value("flag: \"false\""), "false");
  EXPECT_EQ(value("mode: exact"), "exact");
  EXPECT_EQ(value("every: 1.5s"), "1500ms");
  EXPECT_EQ(value("file: \"-\""), "-");
  EXPECT_EQ(value("file: 007"), (std::filesystem::current_path() / "007").string());
  EXPECT_EQ(value("file: ./a//b"), (std::filesystem::current_path() / "a/b").string());
  EXPECT_EQ(value("file: ../a"), (std::filesystem::current_path() / "../a").string());
  EXPECT_EQ(value("file: /a"), "/a");
  EXPECT_EQ(value("words: [no, 007, \"\"]"), "[no, 007, ]");
  EXPECT_EQ(value("words: []"), "[]");
  expect_refused({{"flag: yes", {"neither true nor false", "write true"}},
                  {"flag: No", {"write false"}},
                  {"flag: 1", {"write true"}},
                  {"flag: maybe", {"true or false"}},
                  {"mode: Fast", {"none of the choices", "`fast`, `exact`", "did you mean `fast`?"}},
                  {"every: \"\"", {"`every = \"\"` of `every_type` is not a duration", "found     \"\"\n"}},
                  {"every: 20", {"has no unit", "write 20s for seconds"}},
                  {"every: 5us", {"less than the smallest allowed, 1ms"}},
                  {"every: 1 h", {"write 1h"}},
                  {"words: a", {"a word where a list belongs", "write [a]"}},
                  {"words:", {"nothing where a list belongs"}},
                  {"words: [a, ~]", {"has an element that has no value"}},
                  {"words: [[a]]", {"has an element that is a list where one value belongs"}}},
                 of);
}

TEST_F(Configuration, GivesDefaultsToWhatIsNotSet) {
  ASSERT_TRUE(compile(of("flag: true"))) << said();
  std::vector<std::string> values;
  for (const std::string& value : hosts_->values())
    if (value.starts_with("every_type.")) values.push_back(value.substr(11));
  EXPECT_THAT(values, ElementsAre("flag = true (" + file().string() + ":4:5)", "count = -3 (default)",
                                  "limit = 100 (default)", "label = none (default)", "mode = fast (default)",
                                  "every = 1s (default)", "file =  (default)", "words = [a, b] (default)",
                                  "token = *** (default)", "pin = *** (default)"));
}

TEST_F(Configuration, NeverShowsASecret) {
  expect_refused({{"pin: hunter2", {"`pin = ***`", "not a decimal whole number"}},
                  {"pin: 010", {"`pin = ***`"}},
                  {"token: [hunter2]", {"a list where one value belongs"}},
                  {"token: {hunter2: hunter2}", {"a mapping"}},
                  {"tokem: hunter2", {"did you mean `token`?"}}},
                 [](const std::string& parameter) { return of(parameter); });
  for (const char* written :
       {"pin: hunter2", "token: [hunter2]", "token: {hunter2: hunter2}", "tokem: hunter2", "pin: 010"}) {
    EXPECT_FALSE(compile(of(written)));
    EXPECT_THAT(said(), AllOf(Not(HasSubstr("hunter2")), Not(HasSubstr("write")))) << written;
  }
  for (const char* set :
       {"every_type.pin=hunter2", "every_type.tokem=hunter2", "every_typ.token=hunter2", "token=hunter2"}) {
    request_.sets = {set};
    EXPECT_FALSE(compile(of("flag: true")));
    EXPECT_THAT(said(), Not(HasSubstr("hunter2"))) << set;
  }
  request_.sets = {"every_type.token=hunter2", "every_type.pin=42"};
  ASSERT_TRUE(compile(of("flag: true"))) << said();
  for (const ParameterValue& value : hosts_->parameters)
    if (value.declared->secret) {
      EXPECT_EQ(value.text, "***");
      EXPECT_EQ(value.scalar, std::nullopt);
    }
}

TEST_F(Configuration, ReportsAMissingParameterOnceWithAnExample) {
  EXPECT_FALSE(compile("source: {type: csv_reader}\nsink: {type: console}\n"));
  EXPECT_EQ(said(),
            "error[PS0410]: `csv_reader` needs a value for `path`\n"
            "  --> p.yaml:1:16\n"
            "   = note: `path`: the file to read\n"
            "   = help: write `path: readings.csv`\n");
  EXPECT_FALSE(compile("source: {type: csv_reader, paht: x}\nsink: {type: console}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0409"));
}

TEST_F(Configuration, TakesTheCommandLineOverTheFile) {
  request_.sets = {"every_type.count=5", "every_type.label=", "every_type.words=[x, 'y z']", "every_type.file=a=b"};
  ASSERT_TRUE(compile(of("count: hopeless"))) << said();
  const std::vector<std::string> values = hosts_->values();
  for (const char* value : {"every_type.count = 5 (command line)", "every_type.label =  (command line)",
                            "every_type.words = [x, y z] (command line)"})
    EXPECT_THAT(values, testing::Contains(value));
  EXPECT_EQ(plan_->nodes.size(), 3u);
}

TEST_F(Configuration, HoldsTheCommandLineToTheSameRules) {
  request_.sets = {"threshold_filter.mim=0",
                   "nonode.min=0",
                   "csv_raeder.path=x",
                   "min",
                   "min=0",
                   ".min=0",
                   "threshold_filter.=0",
                   "threshold_filter.min=1,5",
                   "threshold_filter.on_bad_row=reject",
                   "csv_reader.null=[a",
                   "csv_reader.null=a"};
  EXPECT_FALSE(compile(pipeline_of("{type: threshold_filter}")));
  for (const char* words :
       {"no parameter `mim`", "by `--set threshold_filter.mim`", "did you mean `min`?",
        "`--set nonode.min` names no node", "its nodes are `csv_reader`, `threshold_filter`, `console`",
        "did you mean `csv_reader`?", "`--set min` is not a setting", "`--set .min` is not a setting",
        "write such as `--set csv_reader.path=readings.csv`", "`min = 1,5` of `threshold_filter`", "write 1.5",
        "`on_bad_row` is a key of the pipeline file", "--set csv_reader.null:1:", "a word where a list belongs"})
    EXPECT_THAT(said(), HasSubstr(words));
  EXPECT_EQ(found_.errors(), 11u) << said();
}

TEST_F(Configuration, ShowsASettingOfThisPipeline) {
  request_.sets = {"max=150"};
  EXPECT_FALSE(compile(pipeline_of("{type: threshold_filter, name: range}")));
  EXPECT_THAT(said(), HasSubstr("`--set max` is not a setting"));
  EXPECT_THAT(said(), HasSubstr("write such as `--set range.max="));
  request_.sets = {"pin=hunter2"};
  EXPECT_FALSE(compile(pipeline_of("{type: every_type}")));
  EXPECT_THAT(said(), AllOf(HasSubstr("write such as `--set every_type.pin=VALUE`"), Not(HasSubstr("hunter2"))));
  request_.sets = {"min=1"};
  EXPECT_FALSE(compile("source: {type: csv_raeder}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("write such as `--set NODE.PARAM=VALUE`")) << "no type is known";
}

TEST_F(Configuration, SaysThatAPipelineHasOneSourceAndOneSink) {
  for (const char* sink : {"sinks: [{type: console}, {type: csv_writer}]", "sink: [{type: console}]",
                           "sinks:\n  - console", "sink:\n  - type: console\n    flush_every: 5"}) {
    EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\n" + std::string(sink) + "\n"));
    EXPECT_THAT(said(), HasSubstr("a pipeline has one sink: write `sink: {type: console}`")) << sink;
    EXPECT_EQ(found_.errors(), 1u) << said();
  }
  EXPECT_FALSE(compile("source: [{type: csv_reader, path: x}]\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("a pipeline has one source: write `source: {type: csv_reader}`"));
}

TEST_F(Configuration, ReportsEveryKeyOfALaterVersionInOneGo) {
  EXPECT_FALSE(
      compile("nodes:\n  reader: {type: csv_reader, path: x, retry: 3, audit: all}\n"
              "  screen: {type: console, inputs: [reader], timeout: 5s}\n"));
  EXPECT_EQ(codes(), std::vector<std::string>(4, "PS0404")) << said();
  EXPECT_THAT(said(), AllOf(HasSubstr("p.yaml:2:39"), HasSubstr("`retry`"), HasSubstr("`audit`"),
                            HasSubstr("`timeout`"), Not(HasSubstr("`inputs`"))))
      << "`inputs` goes with `nodes`";
}

TEST_F(Configuration, ReplacesTheSinkOnRequest) {
  request_.sink = "console";
  ASSERT_TRUE(compile("source: {type: csv_reader, path: x}\nsink: {type: nowhere, url: y}\n")) << said();
  EXPECT_EQ(plan_->nodes.back().name, "console");
  ASSERT_TRUE(compile("source: {type: csv_reader, path: x}\n")) << said();
  request_.sink = "consle";
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("did you mean `console`?"), HasSubstr("--sink")));
}

TEST_F(Configuration, NamesNodesAfterTheirTypes) {
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
  EXPECT_THAT(said(), HasSubstr("two nodes are called `a`"));
}

TEST_F(Configuration, ReportsTheFaultsOfEveryNodeInOneGo) {
  request_.sets = {"nonode.min=0"};
  EXPECT_FALSE(
      compile("pipeline: a/b\n"
              "source: {type: csv_reader, path: x, unit: ~}\n"
              "stages:\n"
              "  - {type: threshold_filter, mim: 0, max: high}\n"
              "  - {type: treshold_filter}\n"
              "  - {type: rolling_average, window: 010, window: 3}\n"
              "sinks: {type: console}\n"));
  EXPECT_THAT(codes(), testing::UnorderedElementsAre("PS0403", "PS0405", "PS0406", "PS0407", "PS0409", "PS0411",
                                                     "PS0411", "PS0411", "PS0412"))
      << said();
  EXPECT_THAT(said(), AllOf(HasSubstr("did you mean `sink`?"), Not(HasSubstr("has no `sink`"))));
  EXPECT_THAT(loaded_, IsEmpty());
}

TEST_F(Configuration, SaysWhatAWholePipelineNeeds) {
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
            "   = help: write `{type: csv_reader, ...}`, with its parameters after the type\n"
            "error[PS0405]: the pipeline has no `sink`\n"
            "  --> p.yaml:1:1\n"
            "   = help: write `sink: {type: TYPE}`\n");
  EXPECT_FALSE(compile("- a\n"));
  EXPECT_THAT(said(), HasSubstr("the file is a list where a mapping belongs"));
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\nstages: {type: normalize}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("a list of stages"), HasSubstr("write `- {type: normalize}` below it")));
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\nstages: {normalize: {low: 0}}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("write `- {type: normalize}` below it"));
  EXPECT_FALSE(compile("source: {type: csv_reader, params: {path: x}}\nsink: {type: console}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0409")) << "that `path` is missing has the same cause";
}

}  // namespace
}  // namespace penstock::pipeline
