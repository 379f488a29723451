// A change log that cannot grow. A limit on the size of files stands for a full disk: it stops the same calls at the same place.
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <functional>

#include "changelog/change_log.hpp"
#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using testing::SizeIs;

void let_files_end_at(rlim_t bytes) {
  const rlimit limit{bytes, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &limit);
}

class FullDisk : public LogTest {
 protected:
  /** The limit is the child's alone; `does_as_it_should` runs in it. */
  static void in_a_child_whose_files_end_at(rlim_t bytes, const std::function<bool()>& does_as_it_should) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      let_files_end_at(bytes);
      _exit(does_as_it_should() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
    EXPECT_EQ(WEXITSTATUS(status), 0);
  }
};

TEST_F(FullDisk, GoesOnWhenThereIsRoomAgain) {
  Options wanted = options();
  wanted.ring_bytes = 64 * 1024;
  in_a_child_whose_files_end_at(256 * 1024, [&] {
    Diagnostics trouble;
    auto opened = ChangeLog::open(wanted, trouble);
    if (opened == nullptr) return false;
    Recorder& recorder = opened->add_node(counter());
    recorder.own();
    std::uint64_t i = 0;
    for (; !opened->failed(); ++i) recorder.record(0, i, i + 1, true);
    for (const std::uint64_t last = i + 10'000; i < last; ++i) recorder.record(0, i, i + 1, true);
    (void)opened->close(trouble);
    return trouble.size() == 1 && trouble[0].code == Code::PS0606 && i > 1000;
  });

  EXPECT_EQ(check().state, LogState::not_closed) << text_of(found);
  const std::size_t readable = changes_of("counter").size();
  EXPECT_GT(readable, 1000u);
  open().reset();
  EXPECT_THAT(changes_of("counter"), SizeIs(readable));
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
  const auto changes = read();
  const auto recovered =
      std::find_if(changes.begin(), changes.end(), [](const Change& change) { return change.metric == "recovered"; });
  ASSERT_NE(recovered, changes.end());
  EXPECT_THAT(recovered->reason, testing::HasSubstr("later assignments found no room there and are lost"));
}

TEST_F(FullDisk, SaysWhyARunEndedThoughNothingIsLost) {
  in_a_child_whose_files_end_at(256 * 1024, [&] {
    Diagnostics trouble;
    auto opened = ChangeLog::open(options(), trouble);
    if (opened == nullptr) return false;
    Recorder& recorder = opened->add_node(counter());
    recorder.own();
    for (std::uint64_t i = 0; !opened->failed(); opened->flush())
      for (int one = 0; one < 100; ++one, ++i) recorder.record(0, i, i + 1, true);
    let_files_end_at(RLIM_INFINITY);
    (void)opened->close(trouble);
    return trouble.size() == 1 && trouble[0].code == Code::PS0606 && trouble.has_errors();
  });
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(FullDisk, LeavesNothingOfARingThatCannotBeMade) {
  in_a_child_whose_files_end_at(16 * 1024, [&] {
    Diagnostics trouble;
    return ChangeLog::open(options(), trouble) == nullptr && trouble.has_errors();
  });
  EXPECT_TRUE(std::filesystem::is_empty(log / "rings"));
  EXPECT_NE(open(), nullptr);
}

TEST_F(FullDisk, SaysWhatWasLostWhileTheDiskWasFull) {
  in_a_child_whose_files_end_at(256 * 1024, [&] {
    Diagnostics trouble;
    auto opened = ChangeLog::open(options(), trouble);
    if (opened == nullptr) return false;
    Recorder& recorder = opened->add_node(counter());
    recorder.own();
    std::uint64_t i = 0;
    for (; !opened->failed(); ++i) recorder.record(0, i, i + 1, true);
    for (std::uint64_t last = i + 10'000; i < last; ++i) recorder.record(0, i, i + 1, true);
    opened->lifecycle("counter", "closed");
    count(opened->add_node(counter("late")), 1);
    let_files_end_at(RLIM_INFINITY);
    (void)opened->close(trouble);
    return trouble.size() == 1 && trouble[0].code == Code::PS0609 && trouble.has_errors();
  });

  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
  const auto changes = read();
  ASSERT_GT(changes.size(), 1000u);
  const auto is = [](const char* node, const char* metric) {
    return [=](const Change& change) { return change.node == node && change.metric == metric; };
  };
  const auto lost = std::find_if(changes.begin(), changes.end(), is("", "changes_lost"));
  ASSERT_NE(lost, changes.end());
  EXPECT_THAT(lost->reason, testing::HasSubstr("assignments found no room and are lost: cannot "));
  // What was in the rings comes before what the host said after it.
  const auto closed = std::find_if(changes.begin(), changes.end(), is("counter", "closed"));
  ASSERT_LT(closed, lost);
  EXPECT_EQ(std::find_if(closed, changes.end(), is("counter", "count")), changes.end());
  for (const Change& change : changes) EXPECT_FALSE(change.unaudited_write);
}

}  // namespace
}  // namespace penstock::changelog
