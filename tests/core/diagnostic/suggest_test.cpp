#include "diagnostic/suggest.hpp"

#include <gmock/gmock.h>

namespace penstock::diagnostic {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Names = std::vector<std::string>;

TEST(NearNames, FindsAMisspelling) {
  const Names known = {"process", "flush", "open"};
  EXPECT_THAT(near_names("proces", known), ElementsAre("process"));
  EXPECT_THAT(near_names("porcess", known), ElementsAre("process"));
}

TEST(NearNames, IgnoresCase) { EXPECT_THAT(near_names("MAX", Names{"min", "max"}), ElementsAre("max")); }

TEST(NearNames, PutsTheNearestFirst) {
  EXPECT_THAT(near_names("windov", Names{"widow", "window"}), ElementsAre("window", "widow"));
}

TEST(NearNames, AllowsOneEditOfAShortName) {
  EXPECT_THAT(near_names("mim", Names{"min", "path"}), ElementsAre("min"));
  EXPECT_THAT(near_names("ab", Names{"a"}), ElementsAre("a"));
}

TEST(NearNames, DoesNotGuessWhenNothingIsLeftOfTheName) {
  EXPECT_THAT(near_names("a", Names{"b"}), IsEmpty());
  EXPECT_THAT(near_names("", Names{"a"}), IsEmpty());
}

TEST(NearNames, CountsATranspositionAsOneEdit) { EXPECT_THAT(near_names("lsit", Names{"list"}), ElementsAre("list")); }

TEST(NearNames, GivesAtMostFour) {
  EXPECT_THAT(near_names("node_0", Names{"node_1", "node_2", "node_3", "node_4", "node_5"}), SizeIs(4));
}

TEST(NearNames, NeverComparesVeryLongNames) {
  const std::string longest(64, 'a'), too_long(65, 'a');
  EXPECT_THAT(near_names(longest, Names{longest}), ElementsAre(longest));
  EXPECT_THAT(near_names(too_long, Names{too_long, longest}), IsEmpty());
}

TEST(Suggest, AsksForOneOrSeveralNearNames) {
  EXPECT_EQ(suggest("mam", Names{"max", "path"}), "did you mean `max`?");
  EXPECT_EQ(suggest("mix", Names{"min", "max"}), "did you mean `min` or `max`?");
  EXPECT_EQ(suggest("mi", Names{"min", "mid", "mix"}), "did you mean `min`, `mid` or `mix`?");
}

TEST(Suggest, ListsWhatIsKnownWhenNothingIsNear) {
  EXPECT_EQ(suggest("zzzzzz", Names{"a"}), "known is `a`");
  EXPECT_EQ(suggest("zzzzzz", Names{"a", "b"}), "known are `a` and `b`");
  EXPECT_EQ(suggest("zzzzzz", Names{"a", "b", "c", "d", "e", "f"}), "known are `a`, `b`, `c`, `d` and 2 more");
  EXPECT_EQ(suggest("zzzzzz", Names{}), "");
}

TEST(ListOf, SaysHowManyAreLeftOut) {
  const std::vector<std::string> names = {"a", "b", "c"};
  EXPECT_EQ(list_of(names), "`a`, `b`, `c`");
  EXPECT_EQ(list_of(names, 2), "`a`, `b` and 1 more");
  EXPECT_EQ(list_of(names, 2, ""), "a, b and 1 more");
  EXPECT_EQ(list_of_first(names, 7), "`a`, `b`, `c` and 4 more");
}

}  // namespace
}  // namespace penstock::diagnostic
