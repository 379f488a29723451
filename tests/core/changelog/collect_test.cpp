// What the collector hands to who shows changes while a run goes on.
#include "changelog/collect.hpp"

#include <chrono>
#include <future>
#include <new>
#include <utility>

#include "changelog/change_log.hpp"
#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using testing::ElementsAre;

class Showing : public LogTest {};

TEST_F(Showing, ShowsLiveWhatItPutsOnTheLog) {
  std::vector<std::string> lines;
  Options wanted = options();
  wanted.on_changes = [&](std::span<const Change> changes) {
    for (const Change& change : changes) lines.push_back(live_line(change));
  };
  write_log(2, wanted);
  EXPECT_THAT(lines, ElementsAre("[AUDIT] started", "[AUDIT] counter records_counted: unset → 0",
                                 "[AUDIT] counter records_counted: 0 → 1", "[AUDIT] counter records_counted: 1 → 2",
                                 "[AUDIT] ended"));
}

TEST_F(Showing, TellsWhoShowsItThatTimePasses) {
  std::promise<void> told;
  Options wanted = options();
  wanted.on_changes = [&, is_told = false](std::span<const Change> changes) mutable {
    if (changes.empty() && !std::exchange(is_told, true)) told.set_value();
  };
  const auto opened = open(wanted);
  EXPECT_EQ(told.get_future().wait_for(std::chrono::minutes(1)), std::future_status::ready);
}

TEST_F(Showing, IsTheSameWhenShowingItFails) {
  Options wanted = options();
  wanted.on_changes = [](std::span<const Change>) { throw std::bad_alloc(); };
  write_log(2, wanted);
  std::vector<std::string> lines;
  for (const Change& change : read()) lines.push_back(live_line(change));
  EXPECT_THAT(lines, ElementsAre("[AUDIT] started", "[AUDIT] counter records_counted: unset → 0",
                                 "[AUDIT] counter records_counted: 0 → 1", "[AUDIT] counter records_counted: 1 → 2",
                                 "[AUDIT] ended"));
}

TEST_F(Showing, ShowsNoMoreOfItThanIsAllowed) {
  std::size_t shown = 0;
  Options wanted = options();
  wanted.live_per_second = 3;
  wanted.on_changes = [&](std::span<const Change> changes) { shown += changes.size(); };
  write_log(1000, wanted);
  EXPECT_GE(shown, 3u);
  EXPECT_LE(shown, 9u);  // a slow machine may need more than one second
}

}  // namespace
}  // namespace penstock::changelog
