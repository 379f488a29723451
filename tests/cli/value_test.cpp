#include "cli/value.hpp"

#include <gtest/gtest.h>

namespace penstock::cli {
namespace {

using namespace std::chrono_literals;

TEST(ParseCount, TakesDigitsAndNothingElse) {
  EXPECT_EQ(parse_count("0"), 0U);
  EXPECT_EQ(parse_count("18446744073709551615"), 18446744073709551615U);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1e3", "0x10", "18446744073709551616"})
    EXPECT_FALSE(parse_count(text)) << text;
}

TEST(ParseSeconds, TakesAFiniteTimeThatIsNotNegative) {
  EXPECT_EQ(parse_seconds("0"), 0ns);
  EXPECT_EQ(parse_seconds("2.5"), 2500ms);
  for (const char* text : {"", "-1", "nan", "inf", "1e300", "5s"}) EXPECT_FALSE(parse_seconds(text)) << text;
}

TEST(ParseTimeout, TakesATimeInWhichSomethingCanHappen) {
  EXPECT_EQ(parse_timeout("0.25"), 250ms);
  for (const char* text : {"0", "1e-12", "-1", "5s"}) EXPECT_FALSE(parse_timeout(text)) << text;
}

TEST(ParseLevel, TakesThoseThatHaveTests) {
  EXPECT_EQ(parse_level("1"), 1);
  EXPECT_EQ(parse_level("2"), 2);
  for (const char* text : {"", "0", "3", "5", "6", "-1", "2x"}) EXPECT_FALSE(parse_level(text)) << text;
}

TEST(ParseHash, TakesSixtyFourHexDigitsInEitherCase) {
  EXPECT_EQ(parse_hash(std::string(64, 'A')), std::string(64, 'a'));
  EXPECT_FALSE(parse_hash(std::string(63, 'a')));
  EXPECT_FALSE(parse_hash(std::string(64, 'g')));
}

}  // namespace
}  // namespace penstock::cli
