#include <gmock/gmock.h>

#include "diagnostic/render.hpp"

namespace penstock::diagnostic {
namespace {

TEST(RenderJson, HoldsEveryKeyInOneLine) {
  EXPECT_EQ(render_json({.code = Code::PS0401,
                         .summary = "key `mim` is unknown",
                         .place = {.file = "p.yaml", .line = 3, .column = 7},
                         .comparisons = {{"mim", "", "0"}},
                         .notes = {"n"},
                         .help = {"did you mean `min`?"}}),
            R"({"code":"PS0401","severity":"error","summary":"key `mim` is unknown",)"
            R"("place":{"file":"p.yaml","line":3,"column":7,"offset":null},)"
            R"("comparisons":[{"subject":"mim","expected":null,"found":"0","remark":null}],)"
            R"("notes":["n"],"help":["did you mean `min`?"]})");
}

TEST(RenderJson, KeepsTheKeysOfAnEmptyDiagnostic) {
  EXPECT_EQ(
      render_json({.code = Code::PS0001, .summary = "", .severity = Severity::warning}),
      R"({"code":"PS0001","severity":"warning","summary":"","place":null,"comparisons":[],"notes":[],"help":[]})");
}

TEST(RenderJson, GivesTheOffsetInABinaryAlsoWhenItIsZero) {
  EXPECT_THAT(render_json({.summary = "", .place = {.file = "x", .offset = 0}}),
              testing::HasSubstr(R"("place":{"file":"x","line":null,"column":null,"offset":0})"));
}

TEST(JsonString, EscapesWhatJsonAsksFor) {
  EXPECT_EQ(json_string("a\"b\\c\n\t\x01"), R"("a\"b\\c\n\t\u0001")");
  EXPECT_EQ(json_string(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(JsonString, EscapesControlsOfATerminal) { EXPECT_EQ(json_string("\x7f\xC2\x9B"), R"("\u007f\u009b")"); }

TEST(JsonString, KeepsUnicodeAndReplacesWhatIsNotUtf8) {
  EXPECT_EQ(json_string("°C → 🌡"), "\"°C → 🌡\"");
  EXPECT_EQ(json_string("21\xB0"
                        "C"),
            "\"21\xEF\xBF\xBD"
            "C\"");
}

}  // namespace
}  // namespace penstock::diagnostic
