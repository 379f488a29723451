#include "execution/ledger.hpp"

#include <gmock/gmock.h>

#include "diagnostic/render.hpp"
#include "execution/report.hpp"

namespace penstock::execution::test {
namespace {

TEST(Ledger, ClosesWhenEveryRowIsSomewhere) {
  EXPECT_TRUE(Ledger{}.closes());
  Ledger ledger{.read = 10, .emitted = 2, .delivered = 5, .filtered = 1, .rejected = 1, .absorbed = 3};
  EXPECT_FALSE(ledger.closes()) << "two are nowhere";
  ledger.lose(2, 7);
  EXPECT_TRUE(ledger.closes());
  EXPECT_EQ(ledger.first_lost, 7u);
  ledger.lose(1, 8);
  EXPECT_FALSE(ledger.closes()) << "one is counted twice";
}

TEST(Ledger, ThatDoesNotCloseIsAFaultOfTheHost) {
  const diagnostic::Diagnostic found =
      does_not_add_up({.read = 10, .emitted = 2, .delivered = 5, .filtered = 1, .rejected = 1, .absorbed = 3});
  EXPECT_EQ(diagnostic::render_text(found), R"(error[PS0507]: rows were lost or counted twice
   |  rows   expected  10 read + 2 emitted
   |         found     5 delivered + 1 filtered + 1 rejected + 3 absorbed + 0 unacknowledged
   = help: this is a bug of Penstock: report it to its authors, with the pipeline file
)");
}

}  // namespace
}  // namespace penstock::execution::test
