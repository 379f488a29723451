#include <gtest/gtest.h>
#include <penstock/generator.hpp>

namespace penstock {
namespace {

TEST(Generator, ThatIsEmptyHasEnded) {
  Generator empty;
  EXPECT_FALSE(empty);
  EXPECT_FALSE(empty.resume());
  EXPECT_FALSE(empty.has_thrown());
  empty.reset();
}

}  // namespace
}  // namespace penstock
