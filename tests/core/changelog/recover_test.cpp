#include "changelog/recover.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <optional>
#include <random>
#include <thread>

#include "changelog/ring_file.hpp"
#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using testing::SizeIs;

/** Counts in a page that outlives the child that writes it. */
class Page {
 public:
  Page()
      : counts_(static_cast<std::atomic<std::uint64_t>*>(
            mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {}
  ~Page() { munmap(counts_, 4096); }
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;
  std::atomic<std::uint64_t>& operator[](std::size_t i) { return counts_[i]; }

 private:
  std::atomic<std::uint64_t>* counts_;
};

class Recover : public LogTest {
 protected:
  /** Runs `work` on an open log in a child that is killed when `work` is done, or once `reached` says so. */
  void run_and_kill(const Options& wanted, const std::function<void(ChangeLog&)>& work,
                    const std::function<bool()>& reached = {}) {
    Page started;
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Diagnostics trouble;
      const auto opened = ChangeLog::open(wanted, trouble);
      started[0] = opened != nullptr ? 1 : 2;
      if (opened != nullptr) work(*opened);
      raise(SIGKILL);
    }
    while (started[0] == 0) std::this_thread::yield();
    EXPECT_EQ(started[0], 1u);
    if (reached) {
      while (!reached()) std::this_thread::yield();
      kill(child, SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  }

  std::uint64_t last_count(const std::string& metric, std::uint32_t run) {
    const auto changes = read({.run = std::to_string(run), .metric = metric});
    for (std::size_t i = 0; i < changes.size(); ++i)
      if (changes[i].new_value != Value(std::uint64_t{i})) return 0;
    return changes.empty() ? 0 : changes.size() - 1;
  }
};

TEST_F(Recover, LosesNothingThatWasAssignedBeforeAKillAtAnyMoment) {
  std::minstd_rand random(12345);
  Options wanted = options();
  wanted.segment_bytes = 1 << 20;
  for (std::uint32_t run = 1; run <= 100; run += 2) {
    Page page;
    const auto assign = [&](ChangeLog& opened) {
      Recorder& recorder = opened.add_node(counter());
      recorder.own();
      for (std::uint64_t i = 0;; ++i) {
        recorder.record(0, i, i + 1, true);
        page[0].store(i + 1, std::memory_order_relaxed);
      }
    };
    run_and_kill(wanted, assign, [&, count = random() % 20'000] { return page[0] >= count; });
    const std::uint64_t assigned = page[0];
    const std::uint64_t readable = last_count("count", run);
    ASSERT_GE(readable, assigned) << "run " << run;
    ASSERT_LE(readable, assigned + 1) << "run " << run;
    ASSERT_EQ(check().state, LogState::not_closed) << text_of(found);
    ASSERT_FALSE(check().writer_alive);

    ASSERT_NE(open(), nullptr);
    ASSERT_EQ(check().state, LogState::ok) << text_of(found);
    ASSERT_EQ(last_count("count", run), readable);
  }
}

TEST_F(Recover, LosesNothingOfTwoThreadsOfOneNode) {
  for (std::uint32_t run = 1; run <= 10; run += 2) {
    Page page;
    const auto assign_twice = [&](ChangeLog& opened) {
      Recorder& recorder = opened.add_node({.name = "n",
                                            .type = "n",
                                            .library = {},
                                            .metrics = {{.name = "a", .label = "a"}, {.name = "b", .label = "b"}}});
      recorder.own();
      const auto assign = [&](std::uint32_t metric) {
        for (std::uint64_t i = 0;; ++i) {
          recorder.record(metric, i, i + 1, true);
          page[metric].store(i + 1, std::memory_order_relaxed);
        }
      };
      std::thread second(assign, 1);
      assign(0);
    };
    run_and_kill(options(), assign_twice, [&] { return page[0] >= 1'000 * run && page[1] >= 1'000 * run; });
    ASSERT_GE(last_count("a", run), page[0]);
    ASSERT_GE(last_count("b", run), page[1]);
    ASSERT_NE(open(), nullptr);
    ASSERT_GE(last_count("a", run), page[0]);
    ASSERT_GE(last_count("b", run), page[1]);
    ASSERT_EQ(check().state, LogState::ok) << text_of(found);
  }
}

TEST_F(Recover, SaysWhatAKilledRunLeft) {
  run_and_kill(options(), [&](ChangeLog& opened) { count(opened.add_node(counter()), 100); });
  EXPECT_THAT(changes_of("counter"), SizeIs(101));
  auto opened = open();
  EXPECT_THAT(found, Finds(Code::PS0610));
  EXPECT_FALSE(found.has_errors());
  EXPECT_THAT(read({.run = "1", .metric = "recovered"}), SizeIs(1));
}

TEST_F(Recover, DoublesNothingWhenItIsItselfKilled) {
  run_and_kill(options(), [&](ChangeLog& opened) { count(opened.add_node(counter()), 500); });
  // What a recovery leaves that was killed before it removed the rings: the changes are in a segment and in the rings.
  const auto kept = home / "kept";
  std::filesystem::copy(log / "rings", kept);
  open().reset();
  const auto blocks = blocks_of(segment());
  const auto second_run =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.header.run == 2; });
  ASSERT_NE(second_run, blocks.end());
  put(segment(), bytes_of(segment()).substr(0, second_run->offset));
  std::filesystem::remove(log / "LOCK");
  std::filesystem::copy(kept, log / "rings", std::filesystem::copy_options::overwrite_existing);

  EXPECT_THAT(changes_of("counter"), SizeIs(501));
  open().reset();
  EXPECT_THAT(changes_of("counter"), SizeIs(501));
  EXPECT_EQ(check().state, LogState::ok);
}

TEST_F(Recover, SaysOnceThatItWasItselfKilled) {
  run_and_kill(options(), [&](ChangeLog& opened) { count(opened.add_node(counter()), 500); });
  open().reset();
  // Killed between its last two blocks.
  const auto blocks = blocks_of(segment());
  const auto closed = std::find_if(blocks.begin(), blocks.end(),
                                   [](const Block& block) { return block.header.kind == BlockKind::close; });
  ASSERT_NE(closed, blocks.end());
  put(segment(), bytes_of(segment()).substr(0, closed->offset));
  std::filesystem::remove(log / "LOCK");

  open().reset();
  EXPECT_THAT(found, Finds(Code::PS0610));
  EXPECT_THAT(read({.metric = "recovered"}), SizeIs(1));
  const auto again = blocks_of(segment()).at(closed->header.number);
  EXPECT_EQ(again.header.kind, BlockKind::close);
  EXPECT_EQ(again.payload, closed->payload);
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(Recover, RepeatsTheDefinitionsInASegmentThatItBegins) {
  Options wanted = options();
  wanted.segment_bytes = 4096;
  run_and_kill(wanted, [&](ChangeLog& opened) {
    count(opened.add_node(counter()), 200);
    opened.flush();
  });
  ASSERT_NE(open(wanted), nullptr);
  const auto blocks = blocks_of(segment(2));
  ASSERT_GT(blocks.size(), 1u);
  EXPECT_EQ(blocks[1].header.kind, BlockKind::definitions);
  EXPECT_EQ(blocks[1].header.run, 1u);
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(Recover, GoesOnBehindABlockThatWasTorn) {
  run_and_kill(options(), [&](ChangeLog& opened) {
    count(opened.add_node(counter()), 500);
    opened.flush();
  });
  // The last block as a killed write leaves it: its first page, and zeros where the rest was to come.
  std::string bytes = bytes_of(segment());
  const auto blocks = blocks_of(segment());
  const std::size_t border = (blocks.back().offset / 4096 + 1) * 4096;
  ASSERT_LT(border, blocks.back().offset + blocks.back().header.payload_size);
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(border), bytes.end(), '\0');
  put(segment(), bytes);

  EXPECT_EQ(check().state, LogState::not_closed) << text_of(found);
  EXPECT_THAT(changes_of("counter"), SizeIs(501)) << "the ring still has them";
  open().reset();
  EXPECT_THAT(changes_of("counter"), SizeIs(501));
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(Recover, IsNotPossibleWhenAKilledRunWasCutOff) {
  write_log(20);
  const std::string first_run = bytes_of(segment());
  run_and_kill(options(), [&](ChangeLog& opened) { count(opened.add_node(counter()), 100); });
  put(segment(), first_run);
  EXPECT_EQ(check().state, LogState::damaged);
  EXPECT_THAT(found, Finds(Code::PS0609));
  (void)read();
  EXPECT_THAT(found, Finds(Code::PS0609));
  Diagnostics refused;
  EXPECT_EQ(ChangeLog::open(options(), refused), nullptr);
  EXPECT_THAT(refused, Finds(Code::PS0609));

  std::filesystem::remove_all(log / "rings");
  EXPECT_EQ(check().state, LogState::not_closed) << text_of(found);
  EXPECT_THAT(text_of(found), testing::HasSubstr("`LOCK` names a run"));
}

TEST_F(Recover, DoesNotWriteOnALogThatIsDamaged) {
  write_log(100);
  std::string bytes = bytes_of(segment());
  bytes[bytes.size() / 2] ^= 1;
  put(segment(), bytes);
  Diagnostics refused;
  EXPECT_EQ(ChangeLog::open(options(), refused), nullptr);
  EXPECT_THAT(refused, Finds(Code::PS0603));
  EXPECT_THAT(refused, Finds(Code::PS0601));
  EXPECT_EQ(bytes_of(segment()), bytes);
}

TEST_F(Recover, DoesNotWriteOnALogWhoseEndIsGone) {
  write_log(20);
  const std::string first_run = bytes_of(segment());
  write_log(20);
  put(segment(), first_run);
  const std::string noted = bytes_of(log / "LOCK");
  const auto expect_refusal = [&](const std::string& left) {
    Diagnostics refused;
    EXPECT_EQ(ChangeLog::open(options(), refused), nullptr);
    EXPECT_THAT(refused, Finds(Code::PS0604));
    EXPECT_EQ(bytes_of(segment()), left);
    EXPECT_EQ(bytes_of(log / "LOCK"), noted);
  };
  expect_refusal(first_run);
  std::filesystem::remove(segment());
  expect_refusal("");
}

TEST_F(Recover, RefusesABlockThatCountsMoreThanItHolds) {
  write_log(100);
  std::filesystem::remove(log / "LOCK");
  auto blocks = blocks_of(segment());
  const auto changes =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& b) { return b.header.kind == BlockKind::changes; });
  ASSERT_NE(changes, blocks.end());
  blocks.erase(changes + 1, blocks.end());
  blocks.back().header.count = 0xFFFF'FFFF;
  put(segment(), forged(blocks));
  Diagnostics refused;
  EXPECT_EQ(ChangeLog::open(options(), refused), nullptr);
  EXPECT_THAT(refused, Finds(Code::PS0603));
}

TEST_F(Recover, KeepsWhatFollowsAChangeThatALossOfPowerTook) {
  std::atomic<bool> is_held = false;
  Options wanted = options();
  wanted.on_changes = [&](std::span<const Change> changes) {
    if (changes.empty() || changes.back().metric != "hold") return;
    is_held = true;  // the collector: all that follows stays in the rings
    for (;;) pause();
  };
  run_and_kill(wanted, [&](ChangeLog& opened) {
    Recorder& recorder = opened.add_node(counter());
    std::thread([&] { opened.lifecycle({}, "hold"); }).detach();
    while (!is_held) std::this_thread::yield();
    for (std::uint64_t i = 0; i < 10; ++i) recorder.record(0, i, i + 1, true);  // in the shared ring
    count(recorder, 500, 10);
  });
  // The pages of a file reach the disk in any order: here the head of the first ring and an entry of the second did not.
  RingHeader header;
  std::string shared = bytes_of(log / "rings" / "000001-0.ring");
  std::memcpy(&header, shared.data(), sizeof header);
  ASSERT_EQ(header.head, 10u);
  header.head = 9;
  std::memcpy(shared.data(), &header, sizeof header);
  put(log / "rings" / "000001-0.ring", shared);
  std::string owned = bytes_of(log / "rings" / "000001-1.ring");
  std::fill_n(owned.begin() + sizeof header + 400 * sizeof(Entry), sizeof(Entry), '\0');
  put(log / "rings" / "000001-1.ring", owned);
  EXPECT_EQ(check().pending, 500u - 2);

  open().reset();
  EXPECT_THAT(found, Finds(Code::PS0609));
  EXPECT_FALSE(found.has_errors());
  EXPECT_THAT(changes_of("counter"), SizeIs(1 + 500 - 2));
  EXPECT_EQ(changes_of("counter").back().new_value, Value(std::uint64_t{500}));
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(Recover, ClosesARunAgainOfWhoseLastRingALossOfPowerTookAll) {
  write_log(10);
  RingHeader header{};
  header.magic = ring_magic;
  header.version = ring_version;
  header.ring = 1u << 16 | 5;
  header.capacity = 4;
  header.head = 3;
  const std::string page(reinterpret_cast<const char*>(&header), sizeof header);
  put(log / "rings" / "000001-5.ring", page + std::string(header.capacity * sizeof(Entry), '\0'));
  open().reset();
  EXPECT_THAT(found, Finds(Code::PS0609));
  std::optional<BlockKind> last_of_first_run;
  for (const Block& block : blocks_of(segment()))
    if (block.header.run == 1) last_of_first_run = block.header.kind;
  EXPECT_EQ(last_of_first_run, BlockKind::close);
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(Recover, RefusesADamagedRing) {
  write_log(10);
  put(log / "rings" / "000001-0.ring", std::string(8192, 'x'));
  Diagnostics refused;
  EXPECT_EQ(ChangeLog::open(options(), refused), nullptr);
  EXPECT_THAT(refused, Finds(Code::PS0609));
}

TEST_F(Recover, PassesOverARingThatWasNeverFinished) {
  write_log(10);
  put(log / "rings" / "000002-0.ring", "");
  put(log / "rings" / "000002-1.ring", std::string(8192, '\0'));
  open().reset();
  EXPECT_EQ(check().state, LogState::ok);
}

}  // namespace
}  // namespace penstock::changelog
