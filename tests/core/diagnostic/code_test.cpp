#include "diagnostic/code.hpp"

#include <gmock/gmock.h>

#include <string_view>
#include <vector>

namespace penstock::diagnostic {
namespace {

const std::vector<Code> all = {
#define PENSTOCK_CODE(name, title) Code::name,
    PENSTOCK_DIAGNOSTIC_CODES(PENSTOCK_CODE)
#undef PENSTOCK_CODE
};

TEST(Code, HasTheNameThatStandsInReports) {
  EXPECT_EQ(name(Code::PS0201), "PS0201");
  EXPECT_EQ(title(Code::PS0201), "a type does not conform to its interface");
}

TEST(Code, NamesAreFourDigitsInRisingOrder) {
  std::string_view previous;
  for (const Code code : all) {
    EXPECT_THAT(std::string(name(code)), testing::MatchesRegex("PS[0-9][0-9][0-9][0-9]"));
    EXPECT_LT(previous, name(code));
    previous = name(code);
  }
}

TEST(Code, TitlesAreLowerCaseSentencesWithoutAFullStop) {
  for (const Code code : all) {
    ASSERT_FALSE(title(code).empty()) << name(code);
    EXPECT_FALSE(title(code).front() >= 'A' && title(code).front() <= 'Z' && title(code)[1] >= 'a') << title(code);
    EXPECT_NE(title(code).back(), '.') << title(code);
  }
}

}  // namespace
}  // namespace penstock::diagnostic
