#include "diagnostic/explain.hpp"

#include <gmock/gmock.h>

namespace penstock::diagnostic {
namespace {

TEST(FindCode, TakesACodeAsItIsPrinted) {
  for (const Code code : codes()) EXPECT_EQ(find_code(name(code)), code);
}

TEST(FindCode, DoesNotMindItsCaseItsLettersOrItsZeros) {
  for (const char* text : {"ps0201", "Ps0201", "0201", "201", "ps201"})
    EXPECT_EQ(find_code(text), Code::PS0201) << text;
}

TEST(FindCode, FindsNothingForWhatIsNoCode) {
  for (const char* text : {"", "PS", "PS0299", "PS0201x", "XS0201", "-201", "+201", "0x201", " 201", "99999999999"})
    EXPECT_EQ(find_code(text), std::nullopt) << text;
}

TEST(Group, IsThatOfTheFirstTwoDigits) {
  EXPECT_EQ(group(Code::PS0001), "command line");
  EXPECT_EQ(group(Code::PS0611), "change log");
}

}  // namespace
}  // namespace penstock::diagnostic
