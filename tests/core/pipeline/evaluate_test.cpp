#include "pipeline/evaluate.hpp"

#include "core/pipeline/every_type.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Evaluate : public EveryType {};

TEST_F(Evaluate, ReadsANumberOnlyFromItsPlainSpelling) {
  expect_refused(
      {{"count: 010",
        {"PS0411", "p.yaml:4:12", "`count = 010` of `every_type`", "-10 to 10", "write 10, or 8 if octal was meant"}},
       {"count: 0x10", {"write 16"}},
       {"count: 20.0", {"write 20"}},
       {"count: 1e3", {"write 1000"}},
       {"count: 20s", {"it is no duration: write a number alone, of what it counts"}},
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

TEST_F(Evaluate, ReadsATextFromAnyScalar) {
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

TEST_F(Evaluate, ReadsTheOtherTypesByTheirOwnRules) {
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
                  {"every: 20", {"has no unit", "write 20s for seconds, 20ms for milliseconds"}},
                  {"every: 5us", {"less than the smallest allowed, 1ms"}},
                  {"every: 1 h", {"write 1h"}},
                  {"words: a", {"a word where a list belongs", "write [a]"}},
                  {"words: {a: b, c: d}", {"a mapping where a list belongs", "write [a=b, c=d]"}},
                  {"words: {a: [b]}", {"a mapping where a list belongs", "write [A, B], or [] for none"}},
                  {"words:", {"nothing where a list belongs"}},
                  {"words: [a, ~]", {"has an element that has no value"}},
                  {"words: [[a]]", {"has an element that is a list where one value belongs"}}},
                 of);
}

TEST_F(Evaluate, GivesDefaultsToWhatIsNotSet) {
  ASSERT_TRUE(compile(of("flag: true"))) << said();
  std::vector<std::string> values;
  for (const std::string& value : hosts_->values())
    if (value.starts_with("every_type.")) values.push_back(value.substr(11));
  EXPECT_THAT(values, ElementsAre("flag = true (" + file().string() + ":4:5)", "count = -3 (default)",
                                  "limit = 100 (default)", "label = none (default)", "mode = fast (default)",
                                  "every = 1s (default)", "file =  (default)", "words = [a, b] (default)",
                                  "token = *** (default)", "pin = *** (default)"));
}

TEST_F(Evaluate, ReportsAMissingParameterOnceWithAnExample) {
  EXPECT_FALSE(compile("source: {type: csv_reader}\nsink: {type: console}\n"));
  EXPECT_EQ(said(),
            "error[PS0410]: `csv_reader` needs a value for `path`\n"
            "  --> p.yaml:1:16\n"
            "   = note: `path`: the file to read\n"
            "   = help: write `path: readings.csv`\n");
  EXPECT_FALSE(compile("source: {type: csv_reader, paht: x}\nsink: {type: console}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0409"));
}

TEST_F(Evaluate, SaysHowANodeWorksOnAnotherColumn) {
  EXPECT_FALSE(compile(pipeline_of("{type: rolling_average, column: normalized}")));
  EXPECT_THAT(said(),
              HasSubstr("help: did you mean `columns`? `columns: {value: OTHER}` has the plugin work on a column "
                        "OTHER in the place of `value`\n"));
}

TEST_F(Evaluate, KnowsAParameterBehindALongerName) {
  const auto help_of = [&](const std::string& parameter) {
    EXPECT_FALSE(compile(pipeline_of("{type: threshold_filter, " + parameter + ": 5}"))) << parameter;
    return found_[0].help;
  };
  EXPECT_THAT(help_of("max_value"), ElementsAre("did you mean `max`?"));
  EXPECT_THAT(help_of("id"), ElementsAre("the name of a node is `name:`"));
  EXPECT_THAT(help_of("upper_max"), ElementsAre("did you mean `max`?"));
  EXPECT_THAT(help_of("min_max"), testing::IsEmpty()) << "which of them?";
  EXPECT_THAT(help_of("administrator"), testing::IsEmpty()) << "`min` is no word of it";
  EXPECT_THAT(help_of("max_keys"), ElementsAre("`max_keys` is a key of the whole pipeline: write it beside `source:`"));
}

TEST_F(Evaluate, NeverShowsASecret) {
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

TEST_F(Evaluate, TakesTheCommandLineOverTheFile) {
  request_.sets = {"every_type.count=5", "every_type.label=", "every_type.words=[x, 'y z']", "every_type.file=a=b"};
  ASSERT_TRUE(compile(of("count: hopeless"))) << said();
  const std::vector<std::string> values = hosts_->values();
  for (const char* value : {"every_type.count = 5 (command line)", "every_type.label =  (command line)",
                            "every_type.words = [x, y z] (command line)"})
    EXPECT_THAT(values, testing::Contains(value));
  EXPECT_EQ(plan_->nodes.size(), 3u);
}

TEST_F(Evaluate, HoldsTheCommandLineToTheSameRules) {
  request_.sets = {"threshold_filter.mim=0",
                   "nonode.min=0",
                   "csv_raeder.path=x",
                   "min",
                   "min=0",
                   ".min=0",
                   "threshold_filter.=0",
                   "threshold_filter.min=1,5",
                   "threshold_filter.on_bad_row=reject",
                   "threshold.min=5",
                   "source.path=r.csv",
                   "threshold_filter.min:5",
                   "csv_reader.null=[a",
                   "csv_reader.null=a"};
  EXPECT_FALSE(compile(pipeline_of("{type: threshold_filter}")));
  for (const char* words :
       {"no parameter `mim`", "by `--set threshold_filter.mim`", "did you mean `min`?",
        "did you mean `threshold_filter`?", "write `--set threshold_filter.min=5`", "`--set nonode.min` names no node",
        "the source is called `csv_reader`: write `--set csv_reader.path=r.csv`",
        "its nodes are `csv_reader`, `threshold_filter`, `console`", "did you mean `csv_reader`?",
        "`--set min` is not a setting", "`--set threshold_filter.min:...` is not a setting",
        "`--set .min=...` is not a setting", "write such as `--set csv_reader.path=readings.csv`",
        "`min = 1,5` of `threshold_filter`", "write 1.5", "`on_bad_row` is a key of the pipeline file",
        "--set csv_reader.null:1:", "a word where a list belongs"})
    EXPECT_THAT(said(), HasSubstr(words));
  EXPECT_EQ(found_.errors(), 14u) << said();
}

TEST_F(Evaluate, TellsWhereTheParametersOfASinkOfTheCommandLineStand) {
  add("penstock:1\tname:file_sink\tinterface:Sink 1.0\tsdk:1.0\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
      "param:path\ttype:path\trequired:yes\texample:out.csv\tdoc:the file\ncolumn:value\taccess:read\ttype:f64\n");
  request_.sink = "file_sink";
  EXPECT_FALSE(compile("source: {type: csv_reader, path: x}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("`file_sink` needs a value for `path`"),
                            HasSubstr("`--sink file_sink` takes its parameters from `--set`: add `--set "
                                      "file_sink.path=out.csv`")));
}

TEST_F(Evaluate, MendsASettingWithTheValueThatWasGiven) {
  const std::string hot = pipeline_of("{type: threshold_filter, name: hot}");
  const auto advice_on = [&](const std::string& set, const std::string& text) {
    request_.sets = {set};
    EXPECT_FALSE(compile(text));
    return said();
  };
  EXPECT_THAT(advice_on("threshold_filter.max=200", hot),
              HasSubstr("help: `hot` is of that type: write `--set hot.max=200`\n"));
  EXPECT_THAT(advice_on("hot:max=200", hot), HasSubstr("help: write `--set hot.max=200`\n"));
  EXPECT_THAT(advice_on("max=200", hot), HasSubstr("help: write `--set hot.max=200`\n"));
  EXPECT_THAT(advice_on("max=a b", hot), HasSubstr("help: write `--set hot.max='a b'`\n"));
  EXPECT_THAT(advice_on("max", hot), HasSubstr("help: write `--set hot.max=VALUE`\n"));
  EXPECT_THAT(advice_on("min=1", pipeline_of("{type: threshold_filter}\n  - {type: threshold_filter}")),
              HasSubstr("help: write `--set threshold_filter.min=1` or `--set threshold_filter_2.min=1`\n"));
  for (const char* set : {"every_type.pin=hunter2", "safe:pin=hunter2", "pin=hunter2"})
    EXPECT_THAT(advice_on(set, pipeline_of("{type: every_type, name: safe}")),
                AllOf(HasSubstr("write `--set safe.pin=VALUE`"), Not(HasSubstr("hunter2"))))
        << set;
}

TEST_F(Evaluate, ShowsTheBlanksAtTheEndsOfAValue) {
  EXPECT_FALSE(compile(of("count: \" 200\"")));
  EXPECT_THAT(said(), AllOf(HasSubstr("`count = \" 200\"`"), HasSubstr("found     \" 200\"\n")));
}

TEST_F(Evaluate, ShowsASettingOfThisPipeline) {
  request_.sets = {"max=150"};
  EXPECT_FALSE(compile(pipeline_of("{type: threshold_filter, name: range}")));
  EXPECT_THAT(said(), HasSubstr("`--set max=...` is not a setting"));
  EXPECT_THAT(said(), HasSubstr("write `--set range.max=150`"));
  request_.sets = {"pin=hunter2"};
  EXPECT_FALSE(compile(pipeline_of("{type: every_type}")));
  EXPECT_THAT(said(), AllOf(HasSubstr("write `--set every_type.pin=VALUE`"), Not(HasSubstr("hunter2"))));
  request_.sets = {"min=1"};
  EXPECT_FALSE(compile("source: {type: csv_raeder}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("write such as `--set NODE.PARAM=VALUE`")) << "no type is known";
}

}  // namespace
}  // namespace penstock::pipeline
