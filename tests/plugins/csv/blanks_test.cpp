#include "csv/blanks.hpp"

#include <gtest/gtest.h>

namespace csv {
namespace {

TEST(Blanks, AreLeftOutAtBothEnds) {
  EXPECT_EQ(without_blanks(" \ta b\t "), "a b");
  EXPECT_EQ(without_blanks("a"), "a");
  EXPECT_EQ(without_blanks(" \t"), "");
  EXPECT_EQ(without_blanks(""), "");
}

TEST(Blanks, AreTakenOutByACommandForTheDelimiterOfTheFile) {
  EXPECT_EQ(advise_on_blanks(" 1", false, ','),
            "the blanks before it are part of the field: `sed 's/, */,/g'` takes such blanks out of the file");
  EXPECT_EQ(advise_on_blanks("1 ", false, ';'),
            "the blanks behind it are part of the field: `sed 's/ *;/;/g; s/ *$//'` takes such blanks out of the file");
  EXPECT_EQ(
      advise_on_blanks(" 1 ", false, '\t'),
      "the blanks around it are part of the field: `sed 's/\\t */\\t/g; s/ *\\t/\\t/g; s/ *$//'` takes such blanks "
      "out of the file");
}

TEST(Blanks, AreNotWordedWhereThereAreNoneAndLeftToTheOperatorInsideQuotes) {
  EXPECT_EQ(advise_on_blanks("a b", false, ','), "");
  EXPECT_EQ(advise_on_blanks("", false, ','), "");
  EXPECT_EQ(advise_on_blanks(" 1", true, ','), "the blanks before it are part of the field: take them out of the file");
}

}  // namespace
}  // namespace csv
