#include <gmock/gmock.h>

#include "diagnostic/render.hpp"

namespace penstock::diagnostic {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

Diagnostic misspelt() {
  return {.code = Code::PS0201,
          .summary = "type `threshold_filter` does not conform to interface `Stage` 1.0",
          .place = {.file = "plugins/libthreshold.so"},
          .comparisons = {{"process", "process(batch) -> status", "proces(batch) -> status", "a near miss"},
                          {"flush", "flush() -> status", "flush(int32) -> status"}},
          .notes = {"the other 3 types of this library are accepted"},
          .help = {"rename `proces` to `process` and drop the argument of `flush`, then rebuild"}};
}

TEST(RenderText, SaysWhatWhereExpectedFoundAndWhatToDo) {
  EXPECT_EQ(render_text(misspelt()), R"(error[PS0201]: type `threshold_filter` does not conform to interface `Stage` 1.0
  --> plugins/libthreshold.so
   |  process   expected  process(batch) -> status
   |            found     proces(batch) -> status    a near miss
   |  flush     expected  flush() -> status
   |            found     flush(int32) -> status
   = note: the other 3 types of this library are accepted
   = help: rename `proces` to `process` and drop the argument of `flush`, then rebuild
)");
}

TEST(RenderText, CallsAWarningAWarning) {
  EXPECT_EQ(render_text({.code = Code::PS0101, .summary = "`x.so` is a directory", .severity = Severity::warning}),
            "warning[PS0101]: `x.so` is a directory\n");
}

TEST(RenderText, ShowsAMissingThingAsNothingFound) {
  EXPECT_THAT(render_text({.summary = "s", .comparisons = {{"process", "process(batch) -> status", ""}}}),
              HasSubstr("   |  process   expected  process(batch) -> status\n"
                        "   |            found     nothing\n"));
}

TEST(RenderText, ShowsAnUnknownThingWithoutAnExpectation) {
  EXPECT_THAT(render_text({.summary = "s", .comparisons = {{"mim", "", "0", "unknown"}}}),
              HasSubstr("   |  mim   found     0   unknown\n"));
}

TEST(RenderText, LeavesOutTheColumnOfSubjectsWhenTheWholeIsMeant) {
  EXPECT_THAT(render_text({.summary = "s", .comparisons = {{"", "4 fields", "3 fields"}}}),
              HasSubstr("   |  expected  4 fields\n   |  found     3 fields\n"));
}

TEST(RenderText, ShowsLineAndColumnOfATextAndTheOffsetInABinary) {
  const auto place = [](Place where) { return render_text({.summary = "s", .place = std::move(where)}); };
  EXPECT_THAT(place({.file = "plant.yaml", .line = 4, .column = 12}), HasSubstr("  --> plant.yaml:4:12\n"));
  EXPECT_THAT(place({.file = "plant.yaml", .line = 4}), HasSubstr("  --> plant.yaml:4\n"));
  EXPECT_THAT(place({.file = "000001.seg", .offset = 4096}), HasSubstr("  --> 000001.seg, byte 4096\n"));
  EXPECT_THAT(place({}), Not(HasSubstr("-->")));
}

TEST(RenderText, AlignsByWhatATerminalShowsNotByBytes) {
  EXPECT_THAT(render_text({.summary = "s", .comparisons = {{"größe", "1", "2"}, {"laenge", "3", "4"}}}),
              HasSubstr("   |  größe    expected  1\n   |           found     2\n   |  laenge   expected  3\n"));
}

TEST(RenderText, KeepsEscapeSequencesOfAFileNameFromTheTerminal) {
  const std::string text =
      render_text({.summary = "bad \x1b]0;owned\x07", .place = {.file = "\x1b[2Jx.so"}, .help = {"a\nb"}});
  EXPECT_THAT(text, HasSubstr("bad \\x1b]0;owned\\x07\n"));
  EXPECT_THAT(text, HasSubstr("  --> \\x1b[2Jx.so\n"));
  EXPECT_THAT(text, EndsWith("   = help: a\\nb\n"));
}

TEST(RenderText, ColoursOnlyWhenAsked) {
  EXPECT_THAT(render_text(misspelt()), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render_text(misspelt(), Colour::on), HasSubstr("\x1b[1;31merror[PS0201]\x1b[0m"));
}

TEST(Printable, LeavesReadableTextAlone) {
  EXPECT_EQ(printable("records_processed: 23 → 24 °C C:\\plugins"), "records_processed: 23 → 24 °C C:\\plugins");
}

TEST(Printable, NamesControlCharacters) {
  EXPECT_EQ(printable(std::string_view("a\0b\n\t\r\x1b\x7f", 8)), "a\\0b\\n\\t\\r\\x1b\\x7f");
  EXPECT_EQ(printable("\xC2\x9B"
                      "2J"),
            "\\u{9b}2J");
}

TEST(Printable, NamesBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("21\xB0"
                      "C"),
            "21\\xb0C");
  EXPECT_EQ(printable("\xC0\x80"), "\\xc0\\x80");
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80");
}

TEST(Printable, NamesMarksThatTurnTheDirectionOfText) {
  EXPECT_EQ(printable("lib\u202Eos.txt"), "lib\\u{202e}os.txt");
  EXPECT_EQ(printable("a\u2066b\uFEFFc"), "a\\u{2066}b\\u{feff}c");
}

}  // namespace
}  // namespace penstock::diagnostic
