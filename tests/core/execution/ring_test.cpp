#include "execution/ring.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace penstock::execution {
namespace {

TEST(Ring, GivesBackInOrderHoweverItGrowsAndTurns) {
  Ring<std::unique_ptr<int>> ring;
  int pushed = 0, popped = 0;
  for (int round = 1; round < 50; ++round) {
    for (int i = 0; i < round; ++i) ring.push(std::make_unique<int>(pushed++));
    EXPECT_EQ(*ring.back(), pushed - 1);
    for (int i = 0; i < round - 1; ++i) ASSERT_EQ(*ring.pop(), popped++);
  }
  EXPECT_EQ(ring.size(), 49u);
  while (!ring.empty()) ASSERT_EQ(*ring.pop(), popped++);
  EXPECT_EQ(popped, pushed);
}

}  // namespace
}  // namespace penstock::execution
