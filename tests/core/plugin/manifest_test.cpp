#include "plugin/manifest.hpp"

#include <gmock/gmock.h>
#include <penstock/member_concepts.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "core/plugin/found.hpp"
#include "plugin/manifest_text.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::plugin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string head = "penstock:1\tname:clamp\tinterface:Stage 1.0\tsdk:1.0";

class ManifestText : public ::testing::Test {
 protected:
  std::optional<Manifest> parse(const std::string& text) { return parse_manifest(text, "clamp", "libclamp.so", found); }
  /** A good head line and these lines. */
  std::optional<Manifest> parse_lines(const std::string& lines) { return parse(head + "\n" + lines); }
  Diagnostics found;
};

TEST_F(ManifestText, SaysEverythingAboutAType) {
  const auto manifest = parse(
      "penstock:1\tname:clamp\tinterface:Stage "
      "1.0\tsdk:1.2\tclass:plant::Clamp\trows:fewer\tstate:keyed\tkey:sensor_id\t"
      "deterministic:yes\n"
      "method:process\tsignature:(batch) -> status\n"
      "param:min\ttype:f64\tdefault:-1.5\tmin:-10\tmax:1e3\tunit:degC\treload:yes\tdoc:lowest value\n"
      "param:path\ttype:path\trequired:yes\texample:readings.csv\tdoc:file\n"
      "param:mode\ttype:choice\tdefault:fast\tchoices:fast|exact\tdoc:how\n"
      "param:tags\ttype:text\tlist:yes\tdoc:labels\n"
      "param:every\ttype:duration\tdefault:60000000000\tdoc:pause\n"
      "metric:late\ttype:u64\tdefault:0\trising:yes\tlabel:records_late\tdoc:readings after their window\n"
      "column:sensor_id\taccess:read\ttype:key\tdoc:sensor\n"
      "column:mean\taccess:add\ttype:f64\tnull:yes\tdoc:mean\n");
  ASSERT_TRUE(manifest) << text_of(found);
  EXPECT_EQ(manifest->interface, Interface::stage);
  EXPECT_EQ(manifest->sdk, (Version{1, 2}));
  EXPECT_EQ(manifest->class_name, "plant::Clamp");
  EXPECT_EQ(manifest->rows, Rows::fewer);
  EXPECT_EQ(manifest->state, State::keyed);
  EXPECT_EQ(manifest->key, "sensor_id");
  EXPECT_TRUE(manifest->deterministic);
  ASSERT_THAT(manifest->parameters, SizeIs(5));
  const Parameter& min = manifest->parameters[0];
  EXPECT_EQ(min.initial, Scalar(-1.5));
  EXPECT_EQ(min.min, Scalar(-10.0));
  EXPECT_EQ(min.max, Scalar(1000.0));
  EXPECT_EQ(min.unit, "degC");
  EXPECT_TRUE(min.reloadable);
  EXPECT_TRUE(manifest->parameters[1].required);
  EXPECT_EQ(manifest->parameters[1].initial, std::nullopt);
  EXPECT_EQ(manifest->parameters[1].example, "readings.csv");
  EXPECT_THAT(manifest->parameters[2].choices, ElementsAre("fast", "exact"));
  EXPECT_TRUE(manifest->parameters[3].list);
  EXPECT_EQ(manifest->parameters[4].initial, Scalar(std::int64_t{60'000'000'000}));
  ASSERT_THAT(manifest->metrics, SizeIs(1));
  EXPECT_EQ(manifest->metrics[0].label, "records_late");
  EXPECT_TRUE(manifest->metrics[0].never_decreasing);
  ASSERT_THAT(manifest->columns, SizeIs(2));
  EXPECT_EQ(manifest->columns[1].access, Access::add);
  EXPECT_TRUE(manifest->columns[1].nullable);
  EXPECT_NE(manifest->find_method("process"), nullptr);
  EXPECT_EQ(manifest->find_method("flush"), nullptr);
}

TEST_F(ManifestText, IgnoresLabelsAndKindsOfLaterVersions) {
  EXPECT_TRUE(parse(head + "\tcolour:blue\nlicence:Apache-2.0\n")) << text_of(found);
}

TEST_F(ManifestText, MayBeginWithEmptyLinesAlsoWhereALaterLineIsMalformed) {
  const auto manifest = read_manifest("\n\n" + head + "\nmethod:process\tsignature:(batch) -> status\n\x06", "clamp",
                                      "libclamp.so", found);
  ASSERT_TRUE(manifest) << text_of(found);
  EXPECT_THAT(manifest->methods, SizeIs(1));
  EXPECT_THAT(codes(found), ElementsAre("PS0301"));
}

TEST_F(ManifestText, KeepsItsTextByteForByte) { EXPECT_EQ(parse(head + "\n")->text, head + "\n"); }

TEST_F(ManifestText, ReportsEveryFaultAtOnce) {
  EXPECT_FALSE(
      parse_lines("param:type\ttype:f64\tdefault:0\n"
                  "param:Min\ttype:f64\tdefault:0\n"
                  "param:max\ttype:f46\tdefault:0\n"));
  EXPECT_THAT(codes(found), ElementsAre("PS0306", "PS0304", "PS0303"));
  EXPECT_THAT(text_of(found), HasSubstr("did you mean `f64`?"));
}

TEST_F(ManifestText, IsReadAsFarAsItGoesBesideItsFaults) {
  const auto manifest =
      read_manifest(head + "\nmethod:process\tsignature:(batch) -> status\nparam:Min\ttype:f64\tdefault:0\n", "clamp",
                    "libclamp.so", found);
  ASSERT_TRUE(manifest);
  EXPECT_TRUE(found.has_errors());
  EXPECT_NE(manifest->find_method("process"), nullptr);
}

struct Fault {
  std::string name, lines, code, said;
};
std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

class ManifestFault : public ManifestText, public ::testing::WithParamInterface<Fault> {};

TEST_P(ManifestFault, IsReported) {
  EXPECT_FALSE(parse_lines(GetParam().lines));
  EXPECT_THAT(codes(found), ElementsAre(GetParam().code)) << text_of(found);
  EXPECT_THAT(text_of(found), HasSubstr(GetParam().said));
  EXPECT_EQ(found[0].place.file, "libclamp.so");
}

INSTANTIATE_TEST_SUITE_P(
    OfALine, ManifestFault,
    ::testing::Values(
        Fault{"NoColon", "param:x\ttype:f64\tdefault:0\tdoc\n", "PS0301", "`doc`"},
        Fault{"LabelTwice", "param:x\ttype:f64\tdefault:0\ttype:f64\n", "PS0301", "`type` twice"},
        Fault{"NoNewline", "column:x\taccess:read\ttype:f64", "PS0301", "a newline at its end"},
        Fault{"ControlByte", "column:x\taccess:read\ttype:f64\tdoc:a\x1b[2J\n", "PS0301", "a control byte at column"},
        Fault{"NotUtf8",
              "column:x\taccess:read\ttype:f64\tdoc:\xB0"
              "C\n",
              "PS0301", "not UTF-8 at column 35"},
        Fault{"SecondHead", "penstock:1\n", "PS0305", "two head lines"},
        Fault{"NoSignature", "method:process\n", "PS0302", "has no signature"},
        Fault{"NoType", "param:x\tdefault:0\n", "PS0302", "parameter `x` of type `clamp` has no type"},
        Fault{"NoDefault", "param:x\ttype:f64\n", "PS0302", "no default and is not required"},
        Fault{"NoAccess", "column:x\ttype:f64\n", "PS0302", "access"},
        Fault{"UnknownAccess", "column:x\taccess:raed\ttype:f64\n", "PS0303", "did you mean `read`?"},
        Fault{"UnknownColumnType", "column:x\taccess:read\ttype:double\n", "PS0303", "help: write `f64`, then rebuild"},
        Fault{"ParameterOf32Bits", "param:x\ttype:u32\tdefault:0\n", "PS0303", "help: write `u64`, then rebuild"},
        Fault{"ParameterOfInt", "param:x\ttype:int\tdefault:0\n", "PS0303", "help: write `i64`, then rebuild"},
        Fault{"ColumnOfFloat", "column:x\taccess:read\ttype:float\n", "PS0303", "help: write `f32`, then rebuild"},
        Fault{"LostTab", "param:x\tdefault:0\ttype:f64 min:0\n", "PS0303",
              "help: put a tab before `min:`, then rebuild"},
        Fault{"LostTabBehindADefault", "param:x\ttype:f64\tdefault:0doc:a limit\n", "PS0307",
              "put a tab before `doc:`"},
        Fault{"LostTabBehindAName", "column:x type:f64\taccess:read\ttype:f64\n", "PS0304", "put a tab before `type:`"},
        Fault{"ChoiceInQuotes", "param:x\ttype:choice\tdefault:\"fast\"\tchoices:fast|exact\n", "PS0307",
              "help: write `fast`, without the quotes, then rebuild"},
        Fault{"NumberInQuotes", "param:x\ttype:f64\tdefault:\"0.5\"\n", "PS0307",
              "help: write `0.5`, without the quotes, then rebuild"},
        Fault{"EmptyDefault", "param:x\ttype:f64\tdefault:\n", "PS0307", "found     nothing"},
        Fault{"FlagIsTrue", "metric:x\ttype:u64\trising:true\n", "PS0303",
              "the flag `rising` of metric `x` of type `clamp` is neither yes nor no"},
        Fault{"FlagOfAParameter", "param:x\ttype:text\tdefault:\tsecret:Yes\n", "PS0303",
              "help: write `secret:yes`, or leave it out for no, then rebuild"},
        Fault{"FlagIsFalse", "column:x\taccess:read\ttype:f64\tnull:false\n", "PS0303",
              "help: write `null:no` or leave it out, then rebuild"},
        Fault{"ListOfNumbers", "param:x\ttype:f64\tlist:yes\n", "PS0303", "a list of a type"},
        Fault{"CapitalName", "metric:Late\ttype:u64\n", "PS0304", "`Late`"},
        Fault{"LongName", "metric:" + std::string(200, 'a') + "\ttype:u64\n", "PS0304", "200 bytes"},
        Fault{"NameTwice", "metric:x\ttype:u64\nmetric:x\ttype:u64\n", "PS0305",
              "metric `x` of type `clamp` is declared twice"},
        Fault{"ColumnTwice", "column:x\taccess:read\ttype:f64\tdoc:the reading\ncolumn:x\taccess:write\ttype:f64\n",
              "PS0305", "line 2, `the reading`, and line 3"},
        Fault{"ReservedName", "param:timeout\ttype:f64\tdefault:0\n", "PS0306", "`timeout`"},
        Fault{"DefaultOutside", "param:x\ttype:f64\tdefault:0\tmin:1\tunit:degC\n", "PS0307", "at least 1 degC"},
        Fault{"DefaultAbove", "param:x\ttype:i64\tdefault:11\tmin:-5\tmax:10\n", "PS0307", "-5 to 10"},
        Fault{"BoundsCrossed", "param:x\ttype:f64\tdefault:0\tmin:150\tmax:100\tunit:degC\n", "PS0307",
              "min = 150 degC is greater than max = 100 degC"},
        Fault{"SecretThatDoesNotFit", "param:x\ttype:u64\tdefault:hunter2\tsecret:yes\n", "PS0307", "found     `***`"},
        Fault{"SecretOutside", "param:x\ttype:u64\tdefault:1234\tmax:9\tsecret:yes\n", "PS0307", "found     ***\n"},
        Fault{"SecretThatIsNoChoice", "param:x\ttype:choice\tdefault:c\tchoices:a|b\tsecret:yes\n", "PS0307",
              "found     `***`"},
        Fault{"NotANumber", "param:x\ttype:f64\tdefault:nan\n", "PS0307", "a finite decimal number"},
        Fault{"TooLarge", "param:x\ttype:i64\tdefault:9223372036854775808\n", "PS0307", "64 bits"},
        Fault{"NegativeCount", "param:x\ttype:u64\tdefault:-1\n", "PS0307", "at least 0"},
        Fault{"BoolAsYes", "param:x\ttype:bool\tdefault:yes\n", "PS0307", "true or false"},
        Fault{"BoundsOfText", "param:x\ttype:text\tdefault:a\tmin:1\n", "PS0307", "is no number"},
        Fault{"NoChoices", "param:x\ttype:choice\tdefault:a\n", "PS0302", "a choice without choices"},
        Fault{"ChoiceTwice", "param:x\ttype:choice\tdefault:a\tchoices:a|a\n", "PS0305", "`a` twice"},
        Fault{"DefaultIsNoChoice", "param:x\ttype:choice\tdefault:b\tchoices:a|c\n", "PS0307", "none of its choices"}),
    [](const auto& test) { return test.param.name; });

class HeadFault : public ManifestText, public ::testing::WithParamInterface<Fault> {};

TEST_P(HeadFault, IsReported) {
  EXPECT_FALSE(parse(GetParam().lines));
  EXPECT_THAT(codes(found), ElementsAre(GetParam().code)) << text_of(found);
  EXPECT_THAT(text_of(found), HasSubstr(GetParam().said));
}

INSTANTIATE_TEST_SUITE_P(
    OfTheHead, HeadFault,
    ::testing::Values(
        Fault{"Empty", "", "PS0301", "is empty"}, Fault{"OtherText", "hello:world\n", "PS0301", "`penstock:1`"},
        Fault{"LaterFormat", "penstock:2\tname:clamp\n", "PS0301", "`penstock:2`"},
        Fault{"OtherName", "penstock:1\tname:clip\tinterface:Stage 1.0\tsdk:1.0\n", "PS0303", "`clip`"},
        Fault{"NoInterface", "penstock:1\tname:clamp\tsdk:1.0\n", "PS0302", "names no interface"},
        Fault{"UnknownInterface", "penstock:1\tname:clamp\tinterface:Stge 1.0\tsdk:1.0\n", "PS0303",
              "did you mean `Stage`?"},
        Fault{"ControlByte", head + "\a\nmethod:process\tsignature:x\n", "PS0301", "a control byte at column 50"},
        Fault{"NoVersion", "penstock:1\tname:clamp\tinterface:Stage\tsdk:1.0\n", "PS0303", "major.minor"},
        Fault{"NoSdk", "penstock:1\tname:clamp\tinterface:Stage 1.0\n", "PS0302", "for which SDK"},
        Fault{"UnknownRows", "penstock:1\tname:clamp\tinterface:Stage 1.0\tsdk:1.0\trows:fewr\n", "PS0303", "`fewer`"},
        Fault{"KeyIsNoColumn", "penstock:1\tname:clamp\tinterface:Stage 1.0\tsdk:1.0\tstate:keyed\tkey:x\n", "PS0308",
              "`x`"},
        Fault{"OrderIsNoColumn", "penstock:1\tname:clamp\tinterface:Source 1.0\tsdk:1.0\tordered:t\n", "PS0308",
              "ordered"},
        Fault{"SourceReads", "penstock:1\tname:clamp\tinterface:Source 1.0\tsdk:1.0\ncolumn:x\taccess:read\ttype:f64\n",
              "PS0309", "nothing comes to a Source"},
        Fault{"SourceWithAnUnknownAccess",
              "penstock:1\tname:clamp\tinterface:Source 1.0\tsdk:1.0\ncolumn:x\taccess:raed\ttype:f64\n", "PS0303",
              "did you mean `read`?"},
        Fault{"SourceTakesEveryColumn", "penstock:1\tname:clamp\tinterface:Source 1.0\tsdk:1.0\ncolumn:*\n", "PS0309",
              "nothing comes to a Source"},
        Fault{"SinkAdds", "penstock:1\tname:clamp\tinterface:Sink 1.0\tsdk:1.0\ncolumn:x\taccess:add\ttype:f64\n",
              "PS0309", "nothing goes on from a Sink"},
        Fault{"SinkWrites", "penstock:1\tname:clamp\tinterface:Sink 1.0\tsdk:1.0\ncolumn:x\taccess:write\ttype:f64\n",
              "PS0309", "nothing goes on from a Sink"},
        Fault{"WritesWhatDoesNotGoOn", head + "\trows:any\ncolumn:x\taccess:write\ttype:f64\n", "PS0309",
              "only what is emitted goes on"},
        Fault{"AddsEveryColumn", head + "\ncolumn:*\taccess:add\n", "PS0309", "`*` stands for what comes"},
        Fault{"AddsTextToRowsThatPassOn", head + "\trows:same\ncolumn:x\taccess:add\ttype:text\n", "PS0309",
              "only types of fixed width have memory to fill"},
        Fault{"WritesBytesOfRowsThatPassOn", head + "\trows:fewer\ncolumn:x\taccess:write\ttype:bytes\n", "PS0309",
              "`read`, or a type of fixed width such as `key`"},
        Fault{"AddsTextByItsArrowFormat", head + "\ncolumn:x\taccess:add\ttype:u\n", "PS0309", "access `add`"},
        Fault{"SourceHasRows", "penstock:1\tname:clamp\tinterface:Source 1.0\tsdk:1.0\trows:same\n", "PS0310",
              "has the label `rows`, which only a Stage has"},
        Fault{"SinkHasRows", "penstock:1\tname:clamp\tinterface:Sink 1.0\tsdk:1.0\trows:fewr\n", "PS0310", "`fewr`"},
        Fault{"StageIsOrdered", head + "\tordered:t\ncolumn:t\taccess:read\ttype:time\n", "PS0310",
              "has the label `ordered`, which only a Source has"},
        Fault{"KeyIsAdded", head + "\tstate:keyed\tkey:x\ncolumn:x\taccess:add\ttype:key\n", "PS0308",
              "the `key` of type `clamp` names a column that it adds itself"},
        Fault{"KeyIsMisspelt", head + "\tstate:keyed\tkey:sensr\ncolumn:sensor\taccess:read\ttype:key\n", "PS0308",
              "did you mean `sensor`?"},
        Fault{"KeyIsNotNamed", head + "\tstate:keyed\ncolumn:sensor\taccess:read\ttype:key\n", "PS0308",
              "has `state:keyed` and names no key"},
        Fault{"KeyIsNotDeclared", head + "\tstate:keyed\tkey:machine\ncolumn:value\taccess:read\ttype:f64\n", "PS0308",
              "expected  a column that it reads or writes, here `value`\n"},
        Fault{"StateOfOtherSystems", head + "\tstate:stateless\n", "PS0303", "help: write `none`, then rebuild"},
        Fault{"FlagOfTheHead", head + "\tdeterministic:1\n", "PS0303",
              "the flag `deterministic` of type `clamp` is neither yes nor no"}),
    [](const auto& test) { return test.param.name; });

TEST_F(ManifestText, TurnsAFlagOffByNo) {
  const auto manifest = parse_lines("metric:x\ttype:u64\trising:no\nmetric:y\ttype:u64\trising:yes\n");
  ASSERT_TRUE(manifest) << text_of(found);
  EXPECT_FALSE(manifest->metrics[0].never_decreasing);
  EXPECT_TRUE(manifest->metrics[1].never_decreasing);
}

TEST_F(ManifestText, NamesWhatHasAnUnknownTypeAndWhatItIsCalledHere) {
  (void)parse_lines(
      "param:min\ttype:double\tdefault:0\nmetric:late\ttype:int\ncolumn:value\taccess:read\ttype:float\n");
  const auto says = [](const char* summary, const char* help) {
    return AllOf(Field(&diagnostic::Diagnostic::summary, summary),
                 Field(&diagnostic::Diagnostic::help, ElementsAre(help)));
  };
  EXPECT_THAT(std::vector(found.begin(), found.end()),
              ElementsAre(says("parameter `min` of type `clamp` has an unknown type", "write `f64`, then rebuild"),
                          says("metric `late` of type `clamp` has an unknown type", "write `i64`, then rebuild"),
                          says("column `value` of type `clamp` has an unknown type", "write `f32`, then rebuild")));
}

TEST_F(ManifestText, NamesTheColumnWhoseAccessIsCalledOtherwiseAndTheOneThatIsMeant) {
  for (const auto& [written, meant] : {std::pair{"update", "write"},
                                       {"modify", "write"},
                                       {"readwrite", "write"},
                                       {"inout", "write"},
                                       {"in", "read"},
                                       {"input", "read"},
                                       {"out", "add"},
                                       {"output", "add"},
                                       {"new", "add"},
                                       {"create", "add"}}) {
    found = {};
    (void)parse_lines("column:value\taccess:" + std::string(written) + "\ttype:f64\n");
    ASSERT_THAT(codes(found), ElementsAre("PS0303")) << written;
    EXPECT_EQ(found[0].summary, "column `value` of type `clamp` has an unknown access");
    EXPECT_THAT(found[0].help, ElementsAre("write `" + std::string(meant) + "`, then rebuild")) << written;
  }
}

TEST_F(ManifestText, NamesTheLabelOfTheHeadThatHasAnUnknownValue) {
  for (const char* label : {"rows", "state"}) {
    found = {};
    (void)parse(head + '\t' + label + ":some\n");
    ASSERT_THAT(codes(found), ElementsAre("PS0303"));
    EXPECT_EQ(found[0].summary, "the label `" + std::string(label) + "` of type `clamp` has an unknown value");
  }
}

TEST_F(ManifestText, ThatLacksItsFirstPairSaysSoAndOneOfALaterVersionAsksForAnotherSdk) {
  const auto help_of = [&](const std::string& first) {
    found = {};
    EXPECT_FALSE(parse(first + "name:clamp\tinterface:Stage 1.0\tsdk:1.0\n"));
    EXPECT_THAT(codes(found), ElementsAre("PS0301")) << first;
    return found[0].help.front();
  };
  for (const char* first : {"", "format:1\t", "penstock:1.0\t", "penstock:\t"})
    EXPECT_EQ(help_of(first), "begin it with `penstock:1` and a tab, then rebuild") << first;
  EXPECT_EQ(help_of("penstock:2\t"), "rebuild it with the SDK of this version of Penstock");
}

TEST_F(ManifestText, ShowsHowAnInterfaceIsWrittenThatLacksItsVersion) {
  for (const auto& [written, code] : {std::pair{"Stage", "PS0303"},
                                      {"Stage ", "PS0303"},
                                      {"Stage1.0", "PS0303"},
                                      {"Stage/1.0", "PS0303"},
                                      {"Stage 1", "PS0303"},
                                      {"Stage v1.0", "PS0303"}}) {
    found = {};
    EXPECT_FALSE(parse("penstock:1\tname:clamp\tinterface:" + std::string(written) + "\tsdk:1.0\n"));
    ASSERT_THAT(codes(found), ElementsAre(code)) << written << text_of(found);
    EXPECT_THAT(found[0].help, ElementsAre("write `interface:Stage 1.0`, then rebuild")) << written;
    EXPECT_THAT(text_of(found), testing::Not(HasSubstr("``"))) << written;
  }
  found = {};
  EXPECT_FALSE(parse("penstock:1\tname:clamp\tinterface:\tsdk:\n"));
  EXPECT_THAT(codes(found), ElementsAre("PS0303", "PS0302"));
  EXPECT_THAT(found[0].help, ElementsAre("write `sdk:1.0`, then rebuild"));
}

TEST_F(ManifestText, ShowsHowChoicesAreSeparated) {
  for (const char* choices : {"fast, exact", "fast,exact", "fast; exact", "fast exact", "fast/exact"}) {
    found = {};
    EXPECT_FALSE(parse_lines("param:mode\ttype:choice\tdefault:fast\tchoices:" + std::string(choices) + "\n"));
    ASSERT_THAT(codes(found), ElementsAre("PS0307")) << text_of(found);
    EXPECT_THAT(found[0].help, ElementsAre("separate choices with `|`: `choices:fast|exact`, then rebuild")) << choices;
  }
  EXPECT_TRUE(parse_lines("param:mode\ttype:choice\tdefault:very fast\tchoices:very fast|exact\n"));
}

TEST_F(ManifestText, WarnsOfQuotesAroundTheDefaultOfAText) {
  for (const char* type : {"text", "path"}) {
    found = {};
    const auto manifest = parse_lines("param:title\ttype:" + std::string(type) + "\tdefault:\"none\"\n");
    ASSERT_TRUE(manifest) << "they may be meant";
    EXPECT_EQ(manifest->parameters[0].initial, Scalar("\"none\""));
    ASSERT_THAT(codes(found), ElementsAre("PS0307"));
    EXPECT_FALSE(found.has_errors());
    EXPECT_THAT(found[0].help, ElementsAre("write `none`, without the quotes, then rebuild"));
  }
  found = {};
  EXPECT_TRUE(parse_lines("param:title\ttype:text\tdefault:\"\"\n"));
  EXPECT_THAT(found[0].help, ElementsAre("leave it empty, without the quotes, then rebuild"));
  found = {};
  EXPECT_TRUE(
      parse_lines("param:a\ttype:text\tdefault:say \"no\"\nparam:b\ttype:text\tdefault:\"\n"
                  "param:c\ttype:text\tdefault:''\n"));
  EXPECT_THAT(found, SizeIs(0)) << text_of(found);
}

TEST_F(ManifestText, TellsNothingOfASecretThatStandsInQuotes) {
  EXPECT_TRUE(parse_lines("param:token\ttype:text\tsecret:yes\tdefault:\"hunter2\"\n"));
  EXPECT_THAT(text_of(found), AllOf(HasSubstr("write it without the quotes"), testing::Not(HasSubstr("hunter2"))));
}

TEST_F(ManifestText, WarnsOfNoMoreThanAPageOfQuotes) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += "param:p" + std::to_string(i) + "\ttype:text\tdefault:\"x\"\n";
  EXPECT_TRUE(parse_lines(lines));
  EXPECT_THAT(found, SizeIs(ManifestFaults::most_faults));
}

TEST_F(ManifestText, MayReadTextAndGiveItInRowsOfItsOwn) {
  EXPECT_TRUE(parse_lines("column:x\taccess:read\ttype:text\n")) << text_of(found);
  EXPECT_TRUE(parse(head + "\trows:any\ncolumn:x\taccess:add\ttype:text\n")) << text_of(found);
  EXPECT_TRUE(parse("penstock:1\tname:clamp\tinterface:Source 1.0\tsdk:1.0\ncolumn:x\taccess:add\ttype:bytes\n"))
      << text_of(found);
}

TEST_F(ManifestText, MayHaveAKeyAmongEveryColumnThatComes) {
  EXPECT_TRUE(parse(head + "\tstate:keyed\tkey:machine\ncolumn:*\taccess:read\n")) << text_of(found);
}

TEST_F(ManifestText, CannotNameAParameterAfterAKeyOfANode) {
  for (const NodeKey& key : node_keys) {
    found = {};
    EXPECT_FALSE(parse_lines("param:" + std::string(key.name) + "\ttype:f64\tdefault:0\n"));
    EXPECT_THAT(codes(found), ElementsAre("PS0306")) << key.name;
  }
}

TEST_F(ManifestText, OfAMegabyteOfGarbageIsOnePageOfText) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += "param:p" + std::to_string(i) + "\ttype:nothing\n";
  EXPECT_FALSE(parse_lines(lines));
  EXPECT_THAT(found, SizeIs(ManifestFaults::most_faults + 1));
  EXPECT_THAT(text_of(found), HasSubstr("has more faults"));
}

TEST_F(ManifestText, LongerThanAMegabyteIsRefusedUnread) {
  EXPECT_FALSE(parse_lines(std::string(longest_manifest, 'x')));
  EXPECT_THAT(text_of(found), HasSubstr("at most 1048576 bytes"));
}

TEST_F(ManifestText, HoldsTenThousandParameters) {
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += "param:p" + std::to_string(i) + "\ttype:f64\tdefault:0\n";
  const auto manifest = parse_lines(lines);
  ASSERT_TRUE(manifest);
  EXPECT_THAT(manifest->parameters, SizeIs(10'000));
}

TEST(NodeKeys, AreThoseThatTheSdkKeepsFromParameters) {
  std::vector<std::string_view> keys;
  for (const NodeKey& key : node_keys) keys.push_back(key.name);
  EXPECT_THAT(keys, testing::ElementsAreArray(penstock::v1::node_keys));
}

}  // namespace
}  // namespace penstock::plugin
