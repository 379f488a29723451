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
            "the blanks before it are part of the field: take them out of the file, such as with "
            "`sed 's/, */,/g' FILE > NEW_FILE` if none of its texts is in quotes");
  EXPECT_EQ(advise_on_blanks("1 ", false, ';'),
            "the blanks behind it are part of the field: take them out of the file, such as with "
            "`sed 's/ *;/;/g; s/ *$//' FILE > NEW_FILE` if none of its texts is in quotes");
  EXPECT_EQ(advise_on_blanks(" 1 ", false, '\t'),
            "the blanks around it are part of the field: take them out of the file, such as with "
            "`sed 's/\\t */\\t/g; s/ *\\t/\\t/g; s/ *$//' FILE > NEW_FILE` if none of its texts is in quotes");
}

TEST(Blanks, AreNotWordedWhereThereAreNoneAndLeftToTheOperatorInsideQuotes) {
  EXPECT_EQ(advise_on_blanks("a b", false, ','), "");
  EXPECT_EQ(advise_on_blanks("", false, ','), "");
  EXPECT_EQ(advise_on_blanks(" 1", true, ','), "the blanks before it are part of the field: take them out of the file");
}

}  // namespace
}  // namespace csv
