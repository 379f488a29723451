#include "pipeline/environment.hpp"

#include <gmock/gmock.h>

#include "bench.hpp"
#include "pipeline/parse.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class EnvironmentValues : public Bench {
 protected:
  EnvironmentValues() {
    add("penstock:1\tname:broker\tinterface:Sink 1.0\tsdk:1.0\n"
        "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
        "param:password\ttype:text\tsecret:yes\tdefault:\tdoc:what it asks for\n"
        "param:pin\ttype:u64\tsecret:yes\tdefault:1\tdoc:a number to keep\n"
        "param:port\ttype:u64\tdefault:1\tdoc:where it listens\n"
        "column:*\taccess:read\n");
  }

  Environment& environment() { return request_.environment; }

  /** Compiles `source: csv_reader` with this line for its path. */
  bool compile_path(const std::string& path) {
    return compile("source:\n  type: csv_reader\n  path: " + path + "\nsink: {type: console}\n");
  }
  /** Compiles it with this line in its sink. */
  bool compile_sink(const std::string& line) {
    return compile("source: {type: csv_reader, path: /r.csv}\nsink:\n  type: broker\n  " + line + "\n");
  }
  [[nodiscard]] std::string value_of(const std::string& parameter) const {
    for (const auto& value : hosts_->parameters)
      if (value.parameter == parameter) return value.text;
    return "none";
  }
};

TEST_F(EnvironmentValues, StandWhereTheyAreAskedFor) {
  environment() = {{"DIR", "/data"}, {"N", "7"}};
  ASSERT_TRUE(compile_path("${DIR}/day_${N}.csv")) << said();
  EXPECT_EQ(value_of("path"), "/data/day_7.csv");
}

TEST_F(EnvironmentValues, AreRefusedWithLineColumnAndNameWhenNotSet) {
  EXPECT_FALSE(compile_path("${NOT_SET}"));
  EXPECT_EQ(said(),
            "error[PS0420]: environment variable `NOT_SET` is not set\n"
            "  --> p.yaml:3:9\n"
            "   = help: set it, or write a default: `${NOT_SET:-VALUE}`\n");
}

TEST_F(EnvironmentValues, AreNearAVariableThatIsSetOfWhichOnlyTheNameIsShown) {
  environment() = {{"READINGS", "hunter2"}};
  EXPECT_FALSE(compile_path("${READING}"));
  EXPECT_THAT(said(), AllOf(HasSubstr("did you mean `READINGS`?"), Not(HasSubstr("hunter2"))));
}

TEST_F(EnvironmentValues, HaveADefaultForWhatIsNotSetOrEmpty) {
  for (const Environment& given : {Environment{}, Environment{{"NOT_SET", ""}}}) {
    environment() = given;
    ASSERT_TRUE(compile_path("${NOT_SET:-/readings.csv}")) << said();
    EXPECT_EQ(value_of("path"), "/readings.csv");
    EXPECT_THAT(hosts_->values(), Contains(HasSubstr("csv_reader.path = /readings.csv (")));
    EXPECT_THAT(hosts_->values(), Not(Contains(HasSubstr("environment")))) << "the file gave it";
  }
  environment() = {{"NOT_SET", "/x"}};
  ASSERT_TRUE(compile_path("${NOT_SET:-/readings.csv}"));
  EXPECT_EQ(value_of("path"), "/x");
}

TEST_F(EnvironmentValues, AreTheEmptyTextWhenSetToIt) {
  environment() = {{"X", ""}};
  ASSERT_TRUE(compile_sink("password: ${X}")) << said();
  EXPECT_FALSE(compile_sink("port: ${X}"));
  EXPECT_THAT(said(), HasSubstr("from environment variable X"));
}

TEST_F(EnvironmentValues, AreNeverExpandedAgain) {
  for (const char* value : {"p@s$w0rd", "${Y}", "$${Y}", "$", "${", "$HOME"}) {
    environment() = {{"X", value}, {"Y", "other"}, {"HOME", "/home"}};
    ASSERT_TRUE(compile_path("/${X}")) << said();
    EXPECT_EQ(value_of("path"), "/" + std::string(value));
  }
}

TEST_F(EnvironmentValues, AreNeverParsedAsYaml) {
  for (const char* value :
       {"a: b", "x}, sink: {type: null}", "two\nlines", "# no comment", "[a, b]", "~", "\"q\"", "- a"}) {
    environment() = {{"X", value}};
    ASSERT_TRUE(compile_path("/${X}")) << said();
    EXPECT_EQ(value_of("path"), "/" + std::string(value));
    ASSERT_TRUE(compile("source: {type: csv_reader, path: \"/${X}\"}\nsink: {type: console}\n")) << said();
    EXPECT_EQ(value_of("path"), "/" + std::string(value));
    EXPECT_THAT(hosts_->names(), ElementsAre("csv_reader", "console"));
  }
}

TEST_F(EnvironmentValues, NeedBraces) {
  environment() = {{"HOME", "/home"}, {"X", "y"}};
  for (const char* text : {"/$HOME", "/$", "/a$b$", "/$$X"}) {
    ASSERT_TRUE(compile_path(text)) << said();
    EXPECT_EQ(value_of("path"), text);
  }
}

TEST_F(EnvironmentValues, AreEscapedByASecondDollar) {
  environment() = {{"X", "y"}};
  ASSERT_TRUE(compile_path("/$${X}/${X}")) << said();
  EXPECT_EQ(value_of("path"), "/${X}/y");
}

TEST_F(EnvironmentValues, NeverStandForKeys) {
  environment() = {{"X", "path"}};
  EXPECT_FALSE(compile("source:\n  type: csv_reader\n  ${X}: /r.csv\nsink: {type: console}\n"));
  EXPECT_THAT(said(), HasSubstr("`csv_reader` has no parameter `${X}`"));
}

TEST_F(EnvironmentValues, AreNotExpandedOnTheCommandLine) {
  environment() = {{"X", "/y"}};
  request_.sets = {"csv_reader.path=/${X}"};
  ASSERT_TRUE(compile_path("/r.csv")) << said();
  EXPECT_EQ(value_of("path"), "/${X}");
}

TEST_F(EnvironmentValues, AreNamedByAnErrorOfType) {
  environment() = {{"MIN", "abc"}};
  EXPECT_FALSE(
      compile("source: {type: csv_reader, path: /r.csv}\nstages:\n  - type: threshold_filter\n    min: ${MIN}\n"
              "sink: {type: console}\n"));
  EXPECT_EQ(said(),
            "error[PS0411]: `min = ${MIN}` of `threshold_filter` is not a number\n"
            "  --> p.yaml:4:10\n"
            "   |  min   expected  a finite decimal number\n"
            "   |        found     ${MIN}\n"
            "   = note: the value is from environment variable MIN\n"
            "   = note: `min`: lowest value kept, in degC\n");
}

TEST_F(EnvironmentValues, AreNamedByAnErrorOfAHostKey) {
  environment() = {{"HOW", "maybe"}};
  EXPECT_FALSE(compile("source: {type: csv_reader, path: /r.csv, on_bad_row: \"${HOW}\"}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("stop or reject"), HasSubstr("from environment variable HOW")));
}

TEST_F(EnvironmentValues, AreInNoMessageWhateverTheirKeySays) {
  environment() = {{"X", "hunter2"}, {"Y", "9"}};
  const auto of = [](const std::string& source, const std::string& stage) {
    return "source: {type: csv_reader, path: /r.csv" + source + "}\nstages:\n  - " + stage +
           "\nsink: {type: console}\n";
  };
  for (const std::string& text :
       {of(", on_bad_row: \"${X}\"", "{type: normalize}"), of(", max_delay: \"${X}\"", "{type: normalize}"),
        of(", name: \"${X}.a\"", "{type: normalize}"), of(", null: \"${X}\"", "{type: normalize}"),
        of(", path: [\"${X}\"]", "{type: normalize}"), of("", "\"${X}\""), of("", "[\"${X}\"]"),
        of("", "{type: normalize, low: \"${X}\"}"), of("", "{type: normalize, low: [\"${X}\"]}"),
        of("", "{type: threshold_filter, min: \"${Y}\", max: \"${X}\"}")}) {
    EXPECT_FALSE(compile(text)) << text;
    EXPECT_THAT(said(), Not(HasSubstr("hunter2"))) << text;
  }
  EXPECT_FALSE(compile(of("", "{type: threshold_filter, min: \"${Y}\", max: 5}")));
  EXPECT_THAT(said(), AllOf(HasSubstr("refused `min = ${Y}`"), Not(HasSubstr("9"))));
  EXPECT_FALSE(compile(of("", "{type: threshold_filter, min: 7, max: \"${Z:-5}\"}")));
  EXPECT_THAT(said(), HasSubstr("beside it: `max = 5 degC`")) << "the file gave it";
}

TEST_F(EnvironmentValues, AreNamedWhenAPluginRefusesThem) {
  environment() = {{"MIN", "9"}};
  EXPECT_FALSE(
      compile("source: {type: csv_reader, path: /r.csv}\nstages:\n  - type: threshold_filter\n    min: ${MIN}\n"
              "    max: 5\nsink: {type: console}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("error[PS0414]: `threshold_filter` refused `min = ${MIN}`"),
                            HasSubstr("`min` comes from: environment variable MIN, p.yaml:4:5")));
}

TEST_F(EnvironmentValues, AreTheReasonOnTheChangeLog) {
  environment() = {{"A", "x"}, {"B", "y"}, {"WORDS", "na"}};
  ASSERT_TRUE(
      compile("source:\n  type: csv_reader\n  path: /${A}${B}${A}\n  null: [\"${WORDS}\", none]\n"
              "sink: {type: console}\n"))
      << said();
  const std::string file = this->file().string();
  EXPECT_THAT(hosts_->values(),
              AllOf(Contains("csv_reader.path = /xyx (environment variables A and B, " + file + ":3:3)"),
                    Contains("csv_reader.null = [na, none] (environment variable WORDS, " + file + ":4:3)")));
}

TEST_F(EnvironmentValues, OfASecretAreInNoMessage) {
  environment() = {{"SECRET", "hunter2"}};
  ASSERT_TRUE(compile_sink("password: ${SECRET}")) << said();
  for (const std::string& value : hosts_->values()) EXPECT_THAT(value, Not(HasSubstr("hunter2")));
  EXPECT_THAT(hosts_->values(), Contains(HasSubstr("broker.password = *** (environment variable SECRET, ")));
  for (const char* line : {"pin: ${SECRET}", "pin: [\"${SECRET}\"]", "password: [\"${SECRET}\"]", "passwort: ${SECRET}",
                           "password: ${SECRETS}", "password: ${OTHER:-hunter2${X}}", "password: ${hunter2-x}",
                           "password: x${ hunter2", "password: \"${SECRET} ${\""}) {
    EXPECT_FALSE(compile_sink(line)) << line;
    EXPECT_THAT(said(), Not(HasSubstr("hunter2"))) << line;
  }
}

TEST_F(EnvironmentValues, AreWrittenInOneWay) {
  for (const char* text : {"${", "${X", "${}", "${1X}", "${ X}", "${X }", "${X-y}", "${X:?y}", "${X:=y}", "${env:X}",
                           "${X:-a${Y}}", "${X:-$${Y}}"}) {
    EXPECT_FALSE(compile_path('\'' + std::string(text) + '\'')) << text;
    EXPECT_THAT(codes(), ElementsAre("PS0421")) << text;
    EXPECT_THAT(said(), HasSubstr("p.yaml:3:9")) << text;
  }
}

TEST_F(EnvironmentValues, AreQuotedInsideBraces) {
  const std::pair<const char*, const char*> table[] = {
      {"{a: ${READINGS}}", "quote it: \"${READINGS}\"\n"},
      {"[${X}]", "quote it: \"${X}\"\n"},
      {"{a: ${X:-hunter2}}", "quote it: \"${X:-...}\"\n"},
      {"{a: day/${X}.csv}", "quote the whole text in which it stands: \"...${X}...\"\n"},
      {"{a: $${X}}", "quote the whole text in which it stands: \"...${X}\"\n"},
      {"{a: a-${X}}", "quote the whole text in which it stands: \"...${X}\"\n"},
      {"{a: b - ${X}}", "quote the whole text in which it stands: \"...${X}\"\n"},
      {"{a: C:${X}}", "quote the whole text in which it stands: \"...${X}\"\n"},
      {"[a,${X}]", "quote it: \"${X}\"\n"},
      {"[\n${X}]", "quote it: \"${X}\"\n"},
      {"[\n    ${X}]", "quote it: \"${X}\"\n"},
      {"[${X}/r.csv]", "quote the whole text in which it stands: \"${X}...\"\n"},
      {"{a: ${hunter2-x}}", "quote it: \"${NAME}\"\n"}};
  for (const auto& [text, advice] : table) {
    EXPECT_FALSE(compile(std::string("source: ") + text + "\nsink: {type: console}\n")) << text;
    EXPECT_THAT(said(), AllOf(HasSubstr("PS0421"), HasSubstr(advice), Not(HasSubstr("hunter2")))) << text;
  }
}

TEST_F(EnvironmentValues, ThatAreNotSetAreOneErrorEach) {
  EXPECT_FALSE(
      compile("source:\n  type: csv_reader\n  path: ${A}\n  null: [\"${B}\"]\n  max_delay: ${C}\n  on_bad_row: ${D}\n"
              "  rejects: r.ndjson\n  columns: {value: \"${E}\"}\nstages:\n  - ${F}\nsink: {type: \"${G}\"}\n"
              "max_keys: ${H}\npipeline: ${I}\n"));
  EXPECT_EQ(codes(), std::vector<std::string>(9, "PS0420")) << said();
}

TEST_F(EnvironmentValues, NameThePipeline) {
  write("pipeline: ${PLANT}\nsource: {type: csv_reader, path: /r.csv}\nsink: {type: console}\n");
  EXPECT_EQ(pipeline_name(file(), {{"PLANT", "north"}}), "north");
  EXPECT_EQ(pipeline_name(file(), {}), "p");
}

TEST_F(EnvironmentValues, MakeNoFileLargerThanItMayBe) {
  environment() = {{"X", std::string(max_file_size / 2, 'x')}};
  std::string list = "[";
  for (int i = 0; i < 3; ++i) list += "\"${X}\", ";
  EXPECT_FALSE(compile("source: {type: csv_reader, path: /r.csv, null: " + list + "]}\nsink: {type: console}\n"));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0421"), HasSubstr("larger than 1048576 bytes")));
}

}  // namespace
}  // namespace penstock::pipeline
