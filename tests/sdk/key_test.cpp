#include <gtest/gtest.h>
#include <penstock/key.hpp>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace penstock {
namespace {

TEST(PerKey, KeepsTheAddressesOfItsStates) {
  PerKey<int> counts;
  int& first = counts[Key{0}];
  first = 7;
  for (int code = 1; code < 10'000; ++code) counts[Key{code}] = code;
  EXPECT_EQ(&counts[Key{0}], &first);
  EXPECT_EQ(counts[Key{0}], 7);
  EXPECT_EQ(counts.size(), 10'000u);
}

TEST(PerKey, GathersTheStatesOfManyKeysAndMakesThoseThatAreMissing) {
  PerKey<int> counts;
  counts[Key{2}] = 20;
  const Key keys[] = {{2}, {0}, {2}, {7}, {-1}};
  int* states[5] = {};
  counts.gather(keys, states);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(states[i], &counts[keys[i]]) << i;
  EXPECT_EQ(*states[0], 20);
  EXPECT_EQ(*states[3], 0);
  EXPECT_EQ(counts.size(), 3u);
}

TEST(PerKey, TellsAKeyWithoutAState) {
  PerKey<int> counts;
  counts[Key{5}] = 1;
  EXPECT_EQ(counts.find(Key{4}), nullptr);
  EXPECT_EQ(counts.find(Key{6}), nullptr);
  EXPECT_EQ(counts.find(Key{}), nullptr);
  EXPECT_NE(counts.find(Key{5}), nullptr);
}

TEST(PerKey, HasAStateForNoKeyThatIsNotCounted) {
  PerKey<int> counts;
  counts[Key{}] = 3;
  EXPECT_EQ(counts[Key{}], 3);
  EXPECT_EQ(counts.size(), 0u);
  counts.clear();
  EXPECT_EQ(counts[Key{}], 0);
}

// The states of a copy would be those of the original, which may be gone.
TEST(PerKey, MovesAndIsNotCopied) {
  static_assert(!std::is_copy_constructible_v<PerKey<int>> && !std::is_copy_assignable_v<PerKey<int>>);
  auto words = std::make_unique<PerKey<std::string>>();
  (*words)[Key{2}] = "a text that is too long to lie within the string itself";
  PerKey<std::string> moved = std::move(*words);
  words.reset();
  EXPECT_EQ(moved[Key{2}], "a text that is too long to lie within the string itself");
  EXPECT_EQ(moved.size(), 1u);
}

}  // namespace
}  // namespace penstock
