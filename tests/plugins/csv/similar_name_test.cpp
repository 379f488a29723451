#include "csv/similar_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace csv {
namespace {

TEST(SimilarName, ResemblesWhatDiffersInCaseAndBlanksAlone) {
  EXPECT_TRUE(resembles(" Value\t", "value"));
  EXPECT_FALSE(resembles("values", "value"));
  EXPECT_FALSE(resembles(" ", ""));
}

TEST(SimilarName, IsNearWithASlip) {
  EXPECT_TRUE(is_near("temprature", "temperature"));
  EXPECT_TRUE(is_near("Temp", "temp"));
  EXPECT_FALSE(is_near("id", "value"));
  EXPECT_FALSE(is_near("volume", "value"));
  EXPECT_FALSE(is_near("", "v"));
  EXPECT_FALSE(is_near(std::string(65, 'a'), std::string(64, 'a'))) << "the cost stays small";
}

TEST(SimilarName, HasTheWordsBetweenWhatIsNoLetter) {
  for (const char* const name : {"date", "Local Date", "date_utc", "a-DATE"})
    EXPECT_TRUE(has_word(name, "date")) << name;
  for (const char* const name : {"", "_", "update", "dates", "datetime"}) EXPECT_FALSE(has_word(name, "date")) << name;
}

}  // namespace
}  // namespace csv
