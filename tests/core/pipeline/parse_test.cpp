#include "pipeline/parse.hpp"

#include <gmock/gmock.h>

#include "diagnostic/render.hpp"

namespace penstock::pipeline {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string faults_of(std::string_view text) {
  Diagnostics found;
  (void)parse(text, "p.yaml", found);
  std::string all;
  for (const auto& fault : found) all += render_text(fault);
  return all;
}

Value value_of(std::string_view text) {
  Diagnostics found;
  auto value = parse(text, "p.yaml", found);
  EXPECT_FALSE(found.has_errors()) << faults_of(text);
  return value.value_or(Value{});
}

Place at(std::uint32_t line, std::uint32_t column) { return {.file = "p.yaml", .line = line, .column = column}; }

TEST(Parse, KeepsEveryScalarAsItsText) {
  const Value root = value_of("a: no\nb: 007\nc: null\nd: \"no\"\ne: 1,5\nf: 12:30\ng: x:y\n");
  for (const auto& [key, text] :
       {std::pair{"a", "no"}, {"b", "007"}, {"c", "null"}, {"d", "no"}, {"e", "1,5"}, {"f", "12:30"}, {"g", "x:y"}})
    EXPECT_EQ(root.find(key)->value.text, text);
  EXPECT_TRUE(root.find("d")->value.quoted);
  EXPECT_FALSE(root.find("a")->value.quoted);
}

TEST(Parse, CallsNothingAndATildeMissingAndNotTheWordNull) {
  const Value root = value_of("a:\nb: ~\nc: ''\nd: '~'\ne: null\nf: {g, h: }\n");
  EXPECT_TRUE(root.find("a")->value.is_missing());
  EXPECT_TRUE(root.find("b")->value.is_missing());
  EXPECT_FALSE(root.find("c")->value.is_missing());
  EXPECT_FALSE(root.find("d")->value.is_missing());
  EXPECT_FALSE(root.find("e")->value.is_missing());
  EXPECT_TRUE(root.find("f")->value.find("g")->value.is_missing());
  EXPECT_TRUE(root.find("f")->value.find("h")->value.is_missing());
}

TEST(Parse, MarksEveryKeyAndValueWithLineAndByteColumn) {
  const Value root = value_of(
      "a: {b: [x, y]}\nunit: \"\xC2\xB0"
      "C\" # \xC2\xB0\n\xC3\xBC: {\xC3\xA4: z}\n");
  EXPECT_EQ(root.find("a")->place, at(1, 1));
  const Entry& b = root.find("a")->value.entries[0];
  EXPECT_EQ(b.place, at(1, 5));
  EXPECT_EQ(b.value.items[1].place, at(1, 12));
  EXPECT_EQ(root.find("unit")->value.place, at(2, 7));
  EXPECT_EQ(root.find("\xC3\xBC")->value.entries[0].value.place, at(3, 10));
}

TEST(Parse, CountsLinesAcrossCarriageReturns) {
  const Value root = value_of("a: 1\r\nb: 2\r\n");
  EXPECT_EQ(root.find("a")->value.text, "1");
  EXPECT_EQ(root.find("b")->place, at(2, 1));
}

TEST(Parse, AcceptsAByteOrderMark) {
  EXPECT_EQ(value_of("\xEF\xBB\xBF"
                     "a: 1\n")
                .find("a")
                ->place,
            at(1, 1));
}

TEST(Parse, RefusesOtherEncodings) {
  EXPECT_THAT(faults_of(std::string_view("\xFF\xFE"
                                         "a\0",
                                         4)),
              AllOf(HasSubstr("UTF-16, expected UTF-8"), HasSubstr("iconv -f UTF-16 -t UTF-8 p.yaml")));
  EXPECT_THAT(faults_of(std::string_view("\xFE\xFF\0a", 4)), HasSubstr("UTF-16"));
  EXPECT_THAT(faults_of(std::string_view("\xFF\xFE\0\0a\0\0\0", 8)), HasSubstr("iconv -f UTF-32 -t UTF-8 p.yaml"));
  EXPECT_THAT(faults_of(std::string_view("\0\0\xFE\xFF\0\0\0a", 8)), HasSubstr("the file is UTF-32"));
  EXPECT_THAT(faults_of(std::string_view("a\0:\0", 4)),
              AllOf(HasSubstr("p.yaml:1:2"), HasSubstr("`\\0`"), HasSubstr("UTF-16")));
  EXPECT_THAT(faults_of("a: 1\nunit: \xB0"
                        "C\n"),
              AllOf(HasSubstr("not UTF-8: `\\xb0`"), HasSubstr("p.yaml:2:7"), HasSubstr("LATIN1")));
  EXPECT_THAT(faults_of("a: \xED\xA0\x80\n"), HasSubstr("p.yaml:1:4"));
  EXPECT_THAT(faults_of("a: \xC0\x80\n"), HasSubstr("p.yaml:1:4"));
  EXPECT_THAT(faults_of("a: \x1b[31m\n"),
              AllOf(HasSubstr("control character"), HasSubstr("`\\x1b`"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(faults_of("a: \xE2\x82"), HasSubstr("PS0401"));
}

TEST(Parse, RefusesAKeyTwiceWithBothPlaces) {
  EXPECT_EQ(faults_of("sink: {a: 1}\nx: 1\nsink: {a: 2}\n"),
            "error[PS0403]: `sink` is given twice, at 1:1 and at 3:1\n"
            "  --> p.yaml:3:1\n"
            "   = help: keep one of them\n");
  EXPECT_THAT(faults_of("{window: 5, window: 50}"), HasSubstr("at 1:2 and at 1:13"));
  EXPECT_THAT(faults_of("a: 1\n'a': 2\n"), HasSubstr("`a` is given twice"));
}

TEST(Parse, RefusesATypographicQuoteAndTakesOneInQuotes) {
  EXPECT_EQ(
      faults_of("path: \u201Cr.csv\u201D\n"),
      "error[PS0403]: a text begins with the typographic quote `\u201C`\n"
      "  --> p.yaml:1:7\n"
      "   = note: YAML would take it as a part of the text\n"
      "   = help: write `\"` in its place, before and behind the text, or put it all in `\"` if it belongs there\n");
  EXPECT_THAT(faults_of("null: [\u2018NA\u2019, \u2018-\u2019]\n"),
              AllOf(HasSubstr("quote `\u2018`"), testing::EndsWith("  --> p.yaml:1:18\n")));
  Diagnostics found;
  EXPECT_EQ(parse("\u201Csource\u201D: {type: csv_reader}\n", "p.yaml", found), std::nullopt)
      << "nobody is to miss `source`";
  EXPECT_EQ(found.errors(), 1u);
  EXPECT_EQ(faults_of("path: \"\u201Cr\u201D.csv\"\nunit: 5\u2019\n"), "");
}

TEST(Parse, RefusesABarThatWasToBeAText) {
  EXPECT_EQ(faults_of("source:\n  delimiter: |\n  path: r.csv\n"),
            "error[PS0403]: a `|` without quotes begins a text of several lines, and none follows\n"
            "  --> p.yaml:2:14\n"
            "   = help: quote it: \"|\"\n");
  EXPECT_THAT(faults_of("delimiter: >\n"), HasSubstr("quote it: \">\""));
  EXPECT_THAT(faults_of("delimiter: |-  # a bar\n"), HasSubstr("quote it: \"|-\""));
  EXPECT_EQ(faults_of("text: |\n  of several\n  lines\nempty: \"\"\n"), "");
}

TEST(Parse, RefusesEachMoreTimesThatAKeyStands) {
  Diagnostics found;
  (void)parse("{a: 1, a: 2, a: 3}", "p.yaml", found);
  EXPECT_EQ(found.errors(), 2u);
}

TEST(Parse, RefusesASecondDocument) {
  EXPECT_THAT(faults_of("a: 1\n---\nb: 1\n"), AllOf(HasSubstr("p.yaml:2:1"), HasSubstr("one pipeline per file")));
  EXPECT_EQ(faults_of("---\na: 1\n...\n"), "");
}

TEST(Parse, RefusesWhatWouldGiveAValueASecondMeaning) {
  EXPECT_THAT(faults_of("a: &x 1\n"), AllOf(HasSubstr("an anchor"), HasSubstr("p.yaml:1:4")));
  EXPECT_THAT(faults_of("a: !!str 1\n"), HasSubstr("a tag"));
  EXPECT_THAT(faults_of("a: !secret 1\n"), HasSubstr("a tag"));
  EXPECT_THAT(faults_of("a: [&x 1, *x]\n"), HasSubstr("an alias"));
  const std::string merged = faults_of("d: &d {min: 1}\na: {<<: *d, type: x}\n");
  EXPECT_THAT(merged, AllOf(HasSubstr("a merge key `<<`"), Not(HasSubstr("an alias"))));
  EXPECT_EQ(value_of("a: {'<<': 1}").find("a")->value.entries[0].key, "<<");
}

TEST(Parse, SaysOnceWhyAndOfEachWhatToWrite) {
  const std::string said = faults_of("a: &x 1\nb: &y 2\nc: *x\nd: !t 1\ne: {<<: *y}\n");
  std::size_t notes = 0;
  for (std::size_t at = said.find("= note"); at != said.npos; at = said.find("= note", at + 1)) ++notes;
  EXPECT_EQ(notes, 1u) << said;
  EXPECT_THAT(said, AllOf(HasSubstr("leave it out; quote a text that begins with `&`"),
                          HasSubstr("write the value itself; quote a text that begins with `*`"),
                          HasSubstr("leave it out; quote a text that begins with `!`"),
                          HasSubstr("write out the keys that it stands for")));
  EXPECT_THAT(faults_of("{<<: {a: 1}}"), Not(HasSubstr("quote")));
}

TEST(Parse, NeverShowsWhatMayBeASecret) {
  for (const char* text : {"password: *hunter2\n", "password: !hunter2\n", "password: &hunter2 x\n",
                           "password: hunter2\npassword: hunter2\n", "{password: ${hunter2-x}}"})
    EXPECT_THAT(faults_of(text), AllOf(HasSubstr("PS04"), Not(HasSubstr("hunter2")))) << text;
}

TEST(Parse, LeavesEnvironmentValuesAsTheyAreWritten) {
  for (const char* text : {"${X}", "${X:-y}", "$${X}", "p@s$w0rd", "$HOME", "$"})
    EXPECT_EQ(value_of("a: " + std::string(text) + "\n").find("a")->value.text, text);
}

TEST(Parse, SaysThatATabCannotIndent) {
  for (const char* text : {"source:\n\ttype: x\n", "a:\n  - b\n\t- c\n", "a:\n  b: 1\n\tc: 2\n", "a: |\n\tx\n"})
    EXPECT_THAT(faults_of(text), HasSubstr("a tab cannot indent YAML")) << text;
}

TEST(Parse, SaysWhereYamlBreaksAndWhatToDo) {
  EXPECT_EQ(faults_of("source: {type: csv_reader\n"),
            "error[PS0401]: not valid YAML: a `{` is not closed\n"
            "  --> p.yaml:1:9\n"
            "   = help: close it with `}`\n");
  EXPECT_THAT(faults_of("a: 'b\nc: 1\n"),
              AllOf(HasSubstr("a `'` is not closed\n  --> p.yaml:1:4"), HasSubstr("close it with `'`")));
  EXPECT_THAT(faults_of("a: [1, 2\nb: 3\n"), HasSubstr("a `[` is not closed\n  --> p.yaml:1:4"));
  for (const char* closed : {"source: {type: csv_reader,\npath: x\nformat: 5}\n", "a: {b: 1,\nc: 2\nd: 3}\n"})
    EXPECT_THAT(faults_of(closed), HasSubstr("a `,` or `}` is missing before this\n")) << closed;
  EXPECT_THAT(faults_of("a: {b: [1] c: 2}\n"), HasSubstr("a `,` or `}` is missing before this\n  --> p.yaml:1:12"));
  EXPECT_THAT(
      faults_of("a: {b: 1\n    c: 2}\n"),
      AllOf(HasSubstr("a `,` or `}` is missing before this\n  --> p.yaml:2:6"), HasSubstr("in the `{` at 1:4")));
  EXPECT_THAT(faults_of("source = csv_reader\nsink: {}\n"),
              HasSubstr("write `key: value` on the line above: a colon and a space in the place of ` = `"));
  EXPECT_THAT(faults_of("source csv_reader\nsink: {}\n"),
              HasSubstr("write `key: value` on the line above too: it has no colon"));
  EXPECT_THAT(faults_of("a: b: c\n"), HasSubstr("quote a text that holds `: `"));
  for (const char* const path : {"path: \"C:\\data\"\n", "path: \"C:\\users\"\n"})
    EXPECT_THAT(faults_of(path), AllOf(HasSubstr("not valid YAML: a `\\`"),
                                       HasSubstr("in double quotes `\\` begins an escape: write `/` in its place, or "
                                                 "put the text in single quotes")));
  EXPECT_THAT(faults_of("path: -\n"), AllOf(HasSubstr("p.yaml:1:7"), HasSubstr("quote a single `-`")));
  EXPECT_THAT(faults_of("a: @b\n"), HasSubstr("p.yaml:1:4"));
  EXPECT_THAT(faults_of("a: 1\n}\n"), HasSubstr("PS0401"));
  EXPECT_THAT(faults_of("a: *b\n"), HasSubstr("PS040"));
}

TEST(Parse, SaysWhichCharacterBeginsNoText) {
  EXPECT_THAT(faults_of("source: {format: %d/%m/%Y %H:%M, zone: UTC}\n"),
              AllOf(HasSubstr("a text begins with `%`, which YAML keeps for itself"),
                    HasSubstr("put the whole text in quotes: `format: \"%d/%m/%Y %H:%M\"`\n")));
  EXPECT_THAT(faults_of("a:\n  format: %Y-%m-%d\n"), HasSubstr("in quotes: `format: \"%Y-%m-%d\"`\n"));
  for (const char* text : {"a: @hunter2\n", "a: `hunter2\n", "a: %hunter2\n"})
    EXPECT_THAT(faults_of(text), AllOf(HasSubstr("put the whole text in quotes\n"), Not(HasSubstr("hunter2")))) << text;
  for (const char* text : {"password: %a/%b\n", "format: @!#$\n"})
    EXPECT_THAT(faults_of(text), HasSubstr("put the whole text in quotes\n")) << text;
}

TEST(Parse, SaysThatASpaceIsMissingBehindTheDashOfAStage) {
  EXPECT_THAT(faults_of("stages:\n  -{type: normalize, low: 0}\n"),
              HasSubstr("put a space behind the `-` of a stage: `- {type: TYPE}`"));
}

TEST(Parse, SaysThatParametersComeAfterTheType) {
  EXPECT_THAT(
      faults_of("sink: csv_writer\n  path: out.csv\n"),
      AllOf(HasSubstr("PS0401"), HasSubstr("p.yaml:2:7"),
            HasSubstr("write `sink:` alone, and below it `type: csv_writer`; its parameters come after the type")));
  EXPECT_THAT(faults_of("stages:\n  - normalize\n    low: 0\n"),
              HasSubstr("write `- type: normalize`; its parameters come after the type"));
  EXPECT_THAT(faults_of("stages:\n  - type: normalize\n    - low: 0\n"),
              HasSubstr("keys of one node stand below each other without `-`"));
  EXPECT_THAT(faults_of("stages:\n  - type: normalize\n  low: 0\n"),
              AllOf(HasSubstr("the key `low` stands where a `-` begins the next item"),
                    HasSubstr("indent every key of a stage like its first one")));
  EXPECT_THAT(faults_of("path: hunter2\n  unit: C\n"),
              AllOf(HasSubstr("indent keys of one mapping alike"), Not(HasSubstr("hunter2"))));
}

TEST(Parse, SaysThatAnEmptyFileHoldsNoPipeline) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "\xEF\xBB\xBF"})
    EXPECT_THAT(faults_of(text), HasSubstr("the file holds no pipeline")) << text;
}

TEST(Parse, RefusesKeysThatAreNoWords) {
  for (const char* text : {"? [a]\n: b\n", "? {a: b}\n: c\n", "'': b\n"})
    EXPECT_THAT(faults_of(text), HasSubstr("a key is not a word")) << text;
}

TEST(Parse, BoundsTheKeysOfAMapping) {
  const auto keys = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += "k" + std::to_string(i) + ": 1\n";
    return text;
  };
  EXPECT_EQ(value_of(keys(max_keys)).entries.size(), max_keys);
  EXPECT_EQ(faults_of(keys(50 * max_keys)),
            "error[PS0403]: a mapping holds more than 1000 keys\n"
            "  --> p.yaml:1001:1\n");
}

TEST(Parse, BoundsTheDepth) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_EQ(faults_of(nested(max_depth)), "");
  EXPECT_THAT(faults_of(nested(max_depth + 2)), HasSubstr("nests deeper than 16 levels"));
  EXPECT_THAT(faults_of(std::string(500'000, '[')), HasSubstr("nests deeper"));
  EXPECT_THAT(faults_of(std::string(500'000, '{')), HasSubstr("PS040"));
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  EXPECT_THAT(faults_of(dashes), HasSubstr("nests deeper"));
}

}  // namespace
}  // namespace penstock::pipeline
