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

TEST(Blanks, ArePartOfTheFieldAndToldBySide) {
  EXPECT_EQ(advise_on_blanks(" 1"), "the blanks before it are part of the field: take them out of the file");
  EXPECT_EQ(advise_on_blanks("1\t"), "the blanks behind it are part of the field: take them out of the file");
  EXPECT_EQ(advise_on_blanks(" 1 "), "the blanks around it are part of the field: take them out of the file");
}

TEST(Blanks, AreNotWordedWhereThereAreNone) {
  EXPECT_EQ(advise_on_blanks("a b"), "");
  EXPECT_EQ(advise_on_blanks(""), "");
}

}  // namespace
}  // namespace csv
