#include "diagnostic/diagnostic.hpp"

#include <gmock/gmock.h>

#include <string>

namespace penstock::diagnostic {
namespace {

using testing::EndsWith;

const std::string long_text(100'000, 'x');

TEST(Diagnostics, LeavesTextsOfUsualLengthAlone) {
  const std::string longest(longest_text, 'x');
  Diagnostics found;
  found.add({.summary = longest, .comparisons = {{longest, longest, longest}}, .notes = {longest}, .help = {longest}});
  EXPECT_EQ(
      found[0],
      (Diagnostic{
          .summary = longest, .comparisons = {{longest, longest, longest}}, .notes = {longest}, .help = {longest}}));
}

TEST(Diagnostics, CutsEachTextThatIsLonger) {
  Diagnostics found;
  found.add({.summary = long_text,
             .comparisons = {{long_text, long_text, long_text, long_text}},
             .notes = {long_text},
             .help = {long_text}});
  const Diagnostic& one = found[0];
  for (const std::string& text : {one.summary, one.comparisons[0].subject, one.comparisons[0].expected,
                                  one.comparisons[0].found, one.comparisons[0].remark, one.notes[0], one.help[0]}) {
    EXPECT_LT(text.size(), longest_text + 50);
    EXPECT_THAT(text, EndsWith("xx... (100000 bytes in all)"));
  }
}

TEST(Diagnostics, CutsBetweenTwoCharacters) {
  std::string text = "x";
  while (text.size() <= longest_text) text += "é";
  Diagnostics found;
  found.add({.summary = text});
  EXPECT_THAT(found[0].summary, EndsWith("é... (4097 bytes in all)"));
}

}  // namespace
}  // namespace penstock::diagnostic
