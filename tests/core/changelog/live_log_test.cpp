#include "changelog/live_log.hpp"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace penstock::changelog {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Change made(Kind kind, const std::string& metric, Value old_value, Value new_value) {
  Change change;
  change.node = "filter";
  change.metric = change.label = metric;
  change.kind = kind;
  change.old_value = std::move(old_value);
  change.new_value = std::move(new_value);
  return change;
}

class LiveLogTest : public testing::Test {
 protected:
  std::vector<std::string> lines;
  LiveLog log{[this](std::string_view line) { lines.emplace_back(line); }, 6};

  void assign(std::uint64_t before, std::uint64_t after, double second = 0, const std::string& metric = "dropped",
              Kind kind = Kind::change) {
    Change change = made(kind, metric, before, after);
    change.time_ns = static_cast<std::int64_t>(second * 1e9);
    log.add({&change, 1});
  }
};

TEST_F(LiveLogTest, SaysTheFirstChangeOfASecondAtOnce) {
  assign(23, 24);
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter dropped: 23 → 24"));
}

TEST_F(LiveLogTest, FoldsWhatFollowsInTheSameSecond) {
  for (std::uint64_t value = 0; value < 100; ++value) assign(value, value + 1);
  EXPECT_THAT(lines, SizeIs(1));
  assign(100, 101, 1.5);
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter dropped: 0 → 1", "[AUDIT] filter dropped: 1 → 100 (99 changes)",
                                 "[AUDIT] filter dropped: 100 → 101"));
}

TEST_F(LiveLogTest, DoesNotHideWhatBrokeAnInvariantAmongWhatHeld) {
  assign(0, 5);
  Change change = made(Kind::change, "dropped", std::uint64_t{5}, std::uint64_t{3});
  change.violation = true;
  change.reason = "accepted by the plugin, but less than before, and never decreases";
  log.add({&change, 1});
  assign(3, 7);
  log.finish();
  EXPECT_THAT(lines,
              ElementsAre("[AUDIT] filter dropped: 0 → 5",
                          "[AUDIT] filter dropped: 5 → 3 (accepted by the plugin, but less than before, and never "
                          "decreases)",
                          "[AUDIT] filter dropped: 3 → 7"));
}

TEST_F(LiveLogTest, SaysWhatIsFoldedWhenItHearsThatTheSecondIsOver) {
  assign(0, 1);
  assign(1, 2);
  log.add(std::span<const Change>{});
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter dropped: 0 → 1", "[AUDIT] filter dropped: 1 → 2"));
  constexpr double far_ahead = 4e9;  // in seconds since 1970
  assign(2, 3, far_ahead);
  assign(3, 4, far_ahead);
  log.add(std::span<const Change>{});
  EXPECT_THAT(lines, SizeIs(3)) << "that second goes on";
}

TEST_F(LiveLogTest, SaysAtTheEndWhatIsStillFolded) {
  assign(0, 1);
  assign(1, 2);
  log.finish();
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter dropped: 0 → 1", "[AUDIT] filter dropped: 1 → 2"));
  log.finish();
  EXPECT_THAT(lines, SizeIs(2));
}

TEST_F(LiveLogTest, KeepsMetricsApart) {
  assign(0, 1, 0, "dropped");
  assign(5, 6, 0, "kept");
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter dropped: 0 → 1", "[AUDIT] filter kept: 5 → 6"));
}

TEST_F(LiveLogTest, NeverFoldsARejectedAssignmentWithOneThatHeld) {
  assign(0, 1);
  assign(1, 9, 0, "dropped", Kind::rejected);
  assign(1, 2);
  log.finish();
  EXPECT_THAT(lines, SizeIs(3));
}

TEST_F(LiveLogTest, HasABudgetAndCountsWhatIsBeyondIt) {
  for (int metric = 0; metric < 8; ++metric)
    for (std::uint64_t value = 0; value < 3; ++value) assign(value, value + 1, 0, "m" + std::to_string(metric));
  log.finish();
  // 3 first changes, 3 folded lines (2 + 2 + 2 changes), and of 24 changes 15 in no line
  ASSERT_THAT(lines, SizeIs(7));
  EXPECT_EQ(lines[3], "[AUDIT] filter m0: 1 → 3 (2 changes)");
  EXPECT_EQ(lines.back(), "[AUDIT] … 15 more changes");
}

TEST_F(LiveLogTest, SaysWhatPluginsMeasureBeforeWhatTheHostDoes) {
  assign(0, 1, 0, "host.records_processed");
  assign(0, 1, 0, "kept");
  assign(1, 2, 0, "kept");
  log.finish();
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter kept: 0 → 1", "[AUDIT] filter kept: 1 → 2",
                                 "[AUDIT] filter host.records_processed: 0 → 1"));
}

TEST_F(LiveLogTest, CountsChangesThatItWasNotGiven) {
  std::vector<Change> changes = {made(Kind::change, "dropped", std::uint64_t{0}, std::uint64_t{1}),
                                 made(Kind::change, "dropped", std::uint64_t{9}, std::uint64_t{10})};
  changes[0].sequence = 5;
  changes[1].sequence = 14;
  log.add(changes);
  log.finish();
  EXPECT_THAT(lines, ElementsAre("[AUDIT] filter dropped: 0 → 1", "[AUDIT] filter dropped: 9 → 10",
                                 "[AUDIT] … 8 more changes"));
}

TEST_F(LiveLogTest, LeavesOutFirstValuesParametersAndEvents) {
  log.add(std::vector{made(Kind::change, "dropped", {}, std::uint64_t{0}), made(Kind::parameter, "min", {}, 1.0),
                      made(Kind::lifecycle, "opened", {}, {})});
  log.finish();
  EXPECT_THAT(lines, IsEmpty());
}

}  // namespace
}  // namespace penstock::changelog
