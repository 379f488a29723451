#include "execution/milestones.hpp"

#include <gmock/gmock.h>

namespace penstock::execution {
namespace {

using testing::Pointee;

TEST(Milestones, AnswerWithTheLastAtOrBefore) {
  Milestones<std::string> marks;
  EXPECT_EQ(marks.at_or_before(5), nullptr);
  marks.add(3, "three");
  marks.add(7, "seven");
  EXPECT_EQ(marks.at_or_before(2), nullptr);
  EXPECT_THAT(marks.at_or_before(3), Pointee(std::string("three")));
  EXPECT_THAT(marks.at_or_before(6), Pointee(std::string("three")));
  EXPECT_THAT(marks.at_or_before(100), Pointee(std::string("seven")));
}

TEST(Milestones, ForgetNothingThatIsStillAskedFor) {
  Milestones<int> marks;
  for (int i = 1; i <= 10; ++i) marks.add(static_cast<std::uint64_t>(i) * 10, i);
  marks.forget_before(55);
  EXPECT_THAT(marks.at_or_before(55), Pointee(5));
  EXPECT_EQ(marks.at_or_before(49), nullptr);
}

TEST(Milestones, StayFewAndAnswerAtWorstTooEarly) {
  Milestones<std::uint64_t> marks;
  for (std::uint64_t i = 1; i <= 100'000; ++i) {
    marks.add(i, i);
    const std::uint64_t* const answer = marks.at_or_before(i);
    ASSERT_THAT(answer, Pointee(i)) << "the newest is always known";
  }
  for (std::uint64_t asked = 1; asked <= 100'000; asked += 997) {
    const std::uint64_t* const answer = marks.at_or_before(asked);
    ASSERT_NE(answer, nullptr);
    EXPECT_LE(*answer, asked);
  }
}

}  // namespace
}  // namespace penstock::execution
