#include "pipeline/configure.hpp"

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string gauge =
    "penstock:1\tname:gauge\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
    "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n"
    "method:configure\tsignature:(values) -> status\n"
    "param:flag\ttype:bool\tdefault:true\n"
    "param:low\ttype:i64\tdefault:-5\tunit:degC\n"
    "param:count\ttype:u64\tdefault:7\n"
    "param:factor\ttype:f64\tdefault:0.5\n"
    "param:label\ttype:text\tdefault:none\n"
    "param:every\ttype:duration\tdefault:1500000000\n"
    "param:words\ttype:text\tlist:yes\tdefault:\n"
    "param:token\ttype:text\tsecret:yes\tdefault:\n";

/** What `configure` was given, and what it answers. One test at a time uses it. */
struct Given {
  std::vector<std::string> values = {};
  penstock_status answer = PENSTOCK_OK;
  std::int64_t where = -1;
  const char* text = "not this";
};
Given given;

std::string text_of(const penstock_value& value) {
  EXPECT_EQ(value.text.data[value.text.size], '\0');
  return {value.text.data, value.text.size};
}

penstock_status take(void* self, const penstock_value* value) {
  given.values = {std::to_string(value[0].boolean),
                  std::to_string(value[1].i64),
                  std::to_string(value[2].u64),
                  std::to_string(value[3].f64),
                  text_of(value[4]),
                  std::to_string(value[5].i64)};
  for (std::uint64_t i = 0; i < value[6].list.count; ++i) given.values.push_back(text_of(value[6].list.items[i]));
  if (given.answer == PENSTOCK_OK) return PENSTOCK_OK;
  const penstock_host* host = *static_cast<const penstock_host**>(self);
  return host->fail(host, given.answer, given.where, given.text);
}

class Configure : public Bench {
 protected:
  Configure() {
    given = {};
    add(gauge, {.configure = take});
  }
  bool with(const std::string& parameters, const std::string& more = "") {
    return compile("source: {type: csv_reader, path: x}\nstages:\n  - {type: gauge" + parameters + "}\n" + more +
                   "sink: {type: console}\n");
  }
};

TEST_F(Configure, PassesEveryValueInTheOrderOfTheManifest) {
  ASSERT_TRUE(
      with(", words: [a, \"\", c d], every: 2m, label: \"\xC2\xB0"
           "C\", flag: false"))
      << said();
  EXPECT_THAT(given.values, ElementsAre("0", "-5", "7", "0.500000",
                                        "\xC2\xB0"
                                        "C",
                                        "120000000000", "a", "", "c d"));
}

TEST_F(Configure, AnnouncesTypedValues) {
  ASSERT_TRUE(with(", low: 3, words: [x]")) << said();
  const auto find = [&](const std::string& name) {
    return *std::ranges::find_if(hosts_->parameters, [&](const ParameterValue& value) {
      return value.node == "gauge" && value.parameter == name;
    });
  };
  EXPECT_EQ(find("low").scalar, plugin::Scalar(std::int64_t{3}));
  EXPECT_EQ(find("low").declared->unit, "degC");
  EXPECT_EQ(find("every").scalar, plugin::Scalar(std::int64_t{1'500'000'000}));
  EXPECT_EQ(find("words").scalar, std::nullopt);
  EXPECT_EQ(find("words").text, "[x]");
}

TEST_F(Configure, SaysWhatThePluginSaysWhereItWasWritten) {
  given = {.answer = PENSTOCK_REFUSED, .where = 1, .text = "must be less than `high`"};
  ASSERT_FALSE(with(", low: 30"));
  EXPECT_THAT(
      said(),
      HasSubstr("error[PS0414]: `gauge` refused `low = 30 degC`: must be less than `high`\n  --> p.yaml:3:19\n"));
  EXPECT_THAT(said(), Not(HasSubstr("beside it"))) << "nobody gave another value";
  for (const ParameterValue& value : hosts_->parameters)
    EXPECT_NE(value.node, "gauge") << "a refused value took effect";
  ASSERT_FALSE(with(""));
  EXPECT_THAT(said(),
              AllOf(HasSubstr("`low = -5 degC`"), HasSubstr("p.yaml:3:12"), HasSubstr("`low` comes from: default")));
}

TEST_F(Configure, ShowsBesideARefusedValueOnlyWhatSomebodyGave) {
  given = {.answer = PENSTOCK_REFUSED, .where = 1, .text = "no"};
  ASSERT_FALSE(with(", low: 30, every: 2s"));
  EXPECT_THAT(said(), AllOf(HasSubstr("beside it: `every = 2s` ("), HasSubstr("p.yaml:3:28)\n")));
}

TEST_F(Configure, ShowsAllValuesWhereThePluginBlamesNone) {
  given = {.answer = PENSTOCK_REFUSED, .text = "they do not go together"};
  ASSERT_FALSE(with(", low: 30, token: hunter2, label: \"\""));
  EXPECT_THAT(said(), AllOf(HasSubstr("`gauge` refused its configuration: they do not go together\n"),
                            HasSubstr("note: it was given `low = 30 degC` ("), HasSubstr("`label = \"\"` ("),
                            HasSubstr("`token = ***` ("), HasSubstr("and 4 more\n"), Not(HasSubstr("help"))));
}

TEST_F(Configure, SaysWhereToLookWhenThePluginGivesNoReason) {
  for (const std::int64_t where : {std::int64_t{-1}, std::int64_t{1}}) {
    given = {.answer = PENSTOCK_REFUSED, .where = where, .text = ""};
    ASSERT_FALSE(with(""));
    EXPECT_THAT(said(), AllOf(HasSubstr("it gave no reason\n"), HasSubstr("`penstock inspect gauge` says")));
  }
}

TEST_F(Configure, BearsIndicesThatAreNone) {
  for (const std::int64_t where : {std::int64_t{-1}, std::int64_t{8}, INT64_MAX, INT64_MIN}) {
    given = {.answer = PENSTOCK_FAILED, .where = where};
    ASSERT_FALSE(with(""));
    EXPECT_THAT(said(), HasSubstr("`gauge` refused its configuration: not this"));
  }
}

TEST_F(Configure, HidesSecretsInWhatThePluginSays) {
  given = {.answer = PENSTOCK_REFUSED, .where = 7, .text = "`hunter2` is too short, hunter2!"};
  ASSERT_FALSE(with(", token: hunter2"));
  EXPECT_THAT(said(), AllOf(HasSubstr("`token = ***`: `***` is too short, ***!"), Not(HasSubstr("hunter2"))));
}

TEST_F(Configure, ReportsEveryNodeThatRefuses) {
  given = {.answer = PENSTOCK_REFUSED};
  ASSERT_FALSE(with("", "  - {type: gauge}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0414", "PS0414"));
  EXPECT_EQ(instances_, 0) << "an instance leaks";
}

TEST_F(Configure, ReportsATypeThatMakesNoInstance) {
  add("penstock:1\tname:mute\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n",
      {.create = [](const penstock_host*) -> void* { return nullptr; }});
  add("penstock:1\tname:sorry\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n",
      {.create = [](const penstock_host* host) -> void* {
        host->fail(host, PENSTOCK_FAILED, -1, "no licence");
        return nullptr;
      }});
  ASSERT_FALSE(
      compile("source: {type: csv_reader, path: x}\nstages: [{type: mute}, {type: sorry}]\nsink: {type: console}\n"));
  EXPECT_THAT(codes(), ElementsAre("PS0413", "PS0413"));
  EXPECT_THAT(said(), AllOf(HasSubstr("`mute` could not be created: its plugin gave no reason"),
                            HasSubstr("`sorry` could not be created: no licence")));
  EXPECT_THAT(said(), Not(HasSubstr("parameters get their values later")));
  add("penstock:1\tname:early\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
      "param:limit\ttype:f64\tdefault:0\nmethod:create\tsignature:(host) -> instance\n"
      "method:destroy\tsignature:() -> nothing\nmethod:configure\tsignature:(values) -> status\n",
      {.create = [](const penstock_host*) -> void* { return nullptr; },
       .configure = [](void*, const penstock_value*) -> penstock_status { return PENSTOCK_OK; }});
  ASSERT_FALSE(compile("source: {type: csv_reader, path: x}\nstages: [{type: early}]\nsink: {type: console}\n"));
  EXPECT_THAT(
      said(),
      HasSubstr("help: parameters get their values later: if one is wanted there, that belongs to `configure`"));
  EXPECT_EQ(instances_, 0);
}

TEST_F(Configure, PassesANonNullArrayOfNoValues) {
  add("penstock:1\tname:plain\tinterface:Stage 1.0\tsdk:1.0\trows:same\n"
      "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n",
      {.configure = [](void*, const penstock_value* values) {
        return penstock_status{values == nullptr ? PENSTOCK_FAILED : PENSTOCK_OK};
      }});
  EXPECT_TRUE(compile("source: {type: csv_reader, path: x}\nstages: [{type: plain}]\nsink: {type: console}\n"))
      << said();
}

TEST_F(Configure, CatchesWhatAPluginThrows) {
  const std::string pipeline = "source: {type: csv_reader, path: x}\nstages: [{type: gauge}]\nsink: {type: console}\n";
  const std::string why = "an exception left the plugin, which no plugin may let happen";
  add(gauge, {.create = [](const penstock_host*) -> void* { throw 1; }});
  EXPECT_FALSE(compile(pipeline));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0413"), HasSubstr(why)));
  add(gauge, {.configure = [](void*, const penstock_value*) -> penstock_status { throw 1; }});
  EXPECT_FALSE(compile(pipeline));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0414"), HasSubstr(why)));
  add(console, {.bind = [](void*, const ArrowSchema*, ArrowSchema*) -> penstock_status { throw 1; }});
  add(gauge, {.destroy = [](void* self) {
        delete static_cast<const penstock_host**>(self);
        throw 1;
      }});
  EXPECT_FALSE(compile(pipeline));
  EXPECT_THAT(said(), AllOf(HasSubstr("PS0419"), HasSubstr(why)));
}

}  // namespace
}  // namespace penstock::pipeline
