#include "changelog/change_log.hpp"

#include <atomic>
#include <bit>
#include <cmath>
#include <limits>
#include <thread>

#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class AChangeLog : public LogTest {};

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

TEST_F(AChangeLog, HoldsEveryAssignmentInOrderWithNameLabelOldNewAndTime) {
  const std::int64_t before = wall_time_ns();
  write_log(25);
  const auto changes = changes_of("counter");
  ASSERT_THAT(changes, SizeIs(26));
  EXPECT_EQ(changes.front().old_value, Value());
  EXPECT_EQ(changes.front().new_value, Value(std::uint64_t{0}));
  std::int64_t last = before;
  for (std::size_t i = 1; i < changes.size(); ++i) {
    EXPECT_EQ(changes[i].old_value, Value(std::uint64_t{i - 1}));
    EXPECT_EQ(changes[i].new_value, Value(std::uint64_t{i}));
    EXPECT_EQ(changes[i].metric, "count");
    EXPECT_EQ(changes[i].label, "records_counted");
    EXPECT_EQ(changes[i].run, "plant");
    EXPECT_EQ(changes[i].run_number, 1u);
    EXPECT_EQ(changes[i].sequence, changes[i - 1].sequence + 1);
    EXPECT_GE(changes[i].time_ns, last);
    EXPECT_FALSE(changes[i].unaudited_write || changes[i].violation);
    last = changes[i].time_ns;
  }
  EXPECT_LE(last, wall_time_ns());
}

// The example of the lecture that the log goes back to: three metrics, 25 records.
TEST_F(AChangeLog, HoldsTheExampleOfTheLecture) {
  auto opened = open();
  Recorder& recorder = opened->add_node(
      {.name = "processor",
       .type = "processor",
       .library = {},
       .metrics = {
           {.name = "records_processed", .label = "records_processed"},
           {.name = "mean_latency_ms", .label = "mean_latency_ms", .unit = "ms", .type = MetricType::f64, .min = 0},
           {.name = "error_count", .label = "error_count"}}});
  recorder.own();
  double latency = 0;
  for (std::uint64_t i = 0; i < 25; ++i) {
    recorder.record(0, i, i + 1, true);
    if ((i + 1) % 10 != 0) continue;
    const double next = std::round(static_cast<double>(i + 1) * 0.01 * 1000) / 1000;
    recorder.record(1, bits(latency), bits(next), true);
    latency = next;
  }
  recorder.record(1, bits(latency), bits(-1), false);
  Diagnostics trouble;
  const Totals totals = opened->close(trouble);
  EXPECT_EQ(totals.rejected, 1u);

  EXPECT_THAT(read({.metric = "records_processed"}), SizeIs(26));
  EXPECT_THAT(read({.metric = "error_count"}), SizeIs(1));
  std::vector<std::string> lines;
  for (const Change& change : read({.metric = "mean_latency_ms"}))
    lines.push_back(value_text(change.old_value) + " → " + value_text(change.new_value) + " " +
                    std::string(name(change.kind)) + " " + change.reason);
  EXPECT_THAT(
      lines, ElementsAre("unset → 0 change ", "0 → 0.1 change ", "0.1 → 0.2 change ", "0.2 → -1 rejected less than 0"));
  EXPECT_EQ(check().state, LogState::ok);
}

TEST_F(AChangeLog, PutsParametersAndEventsBetweenTheChangesInTheirOrder) {
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  count(recorder, 1);
  opened->parameter(
      {.node = "counter", .parameter = "max", .old_value = 100.0, .new_value = 150.0, .reason = "plant.yaml:4:12"});
  count(recorder, 2, 1);
  opened->lifecycle("counter", "closed");
  Diagnostics trouble;
  (void)opened->close(trouble);

  std::vector<std::string> lines;
  for (const Change& change : read()) lines.push_back(live_line(change));
  EXPECT_THAT(lines,
              ElementsAre("[AUDIT] started", "[AUDIT] counter records_counted: unset → 0",
                          "[AUDIT] counter records_counted: 0 → 1", "[AUDIT] counter max: 100 → 150 (plant.yaml:4:12)",
                          "[AUDIT] counter records_counted: 1 → 2", "[AUDIT] counter closed", "[AUDIT] ended"));
}

TEST_F(AChangeLog, MarksAnAcceptedValueThatBreaksItsInvariant) {
  auto opened = open();
  Recorder& recorder =
      opened->add_node({.name = "c_plugin",
                        .type = "c_plugin",
                        .library = {},
                        .metrics = {{.name = "latency", .label = "latency", .type = MetricType::f64, .min = 0},
                                    {.name = "total", .label = "total", .never_decreasing = true}}});
  recorder.own();
  recorder.record(0, bits(0), bits(-1), true);
  recorder.record(0, bits(-1), bits(std::numeric_limits<double>::quiet_NaN()), true);
  recorder.record(1, 0, 5, true);
  recorder.record(1, 5, 4, true);
  opened->flush();
  std::vector<std::string> reasons;
  for (const Change& change : read({.kind = Kind::change})) {
    reasons.push_back(change.reason);
    EXPECT_EQ(change.violation, !change.reason.empty());
  }
  EXPECT_THAT(reasons,
              ElementsAre("", "", "accepted by the plugin, but less than 0", "accepted by the plugin, but not a number",
                          "", "accepted by the plugin, but less than before, and never decreases"));
}

TEST_F(AChangeLog, MarksAnOldValueThatIsNotTheLastNewOne) {
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  recorder.own();
  recorder.record(0, 0, 1, true);
  recorder.record(0, 7, 8, true);
  recorder.record(0, 8, 9, false);
  recorder.record(0, 8, 9, true);
  opened->flush();
  std::vector<bool> marks;
  for (const Change& change : changes_of("counter")) marks.push_back(change.unaudited_write);
  EXPECT_THAT(marks, ElementsAre(false, false, true, false, false));
}

TEST_F(AChangeLog, KeepsTheBitsOfEveryType) {
  auto opened = open();
  Recorder& recorder = opened->add_node({.name = "n",
                                         .type = "n",
                                         .library = {},
                                         .metrics = {{.name = "b", .label = "b", .type = MetricType::boolean},
                                                     {.name = "i", .label = "i", .type = MetricType::i64},
                                                     {.name = "u", .label = "u", .type = MetricType::u64},
                                                     {.name = "f", .label = "f", .type = MetricType::f64}}});
  recorder.own();
  recorder.record(0, 0, 1, true);
  recorder.record(1, 0, std::bit_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::min()), true);
  recorder.record(2, 0, std::numeric_limits<std::uint64_t>::max(), true);
  recorder.record(3, 0, bits(-std::numeric_limits<double>::infinity()), true);
  recorder.record(3, bits(-std::numeric_limits<double>::infinity()), bits(0.1), true);
  opened->flush();
  std::vector<std::string> values;
  for (const Change& change : read({.node = "n"})) values.push_back(value_text(change.new_value));
  EXPECT_THAT(values, ElementsAre("false", "0", "0", "0", "true", "-9223372036854775808", "18446744073709551615",
                                  "-inf", "0.1"));
}

TEST_F(AChangeLog, ShowsAMetricThatNobodyDeclaredAsWhatItIs) {
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  recorder.own();
  recorder.record(7, 1, 2, true);
  recorder.record(0xFFFF'FFFF, 1, 2, true);
  opened->flush();
  const auto changes = changes_of("counter");
  ASSERT_THAT(changes, SizeIs(3));
  EXPECT_EQ(changes[1].metric, "#7");
  EXPECT_EQ(changes[1].reason, "the node declares no such metric");
  EXPECT_EQ(changes[2].metric, "#16777215");
}

TEST_F(AChangeLog, HasTheDefinitionInASegmentBeforeTheRecorderIsThere) {
  auto opened = open();
  (void)opened->add_node(counter());
  EXPECT_THAT(changes_of("counter"), SizeIs(1));
}

TEST_F(AChangeLog, GoesOnInTheSameChainInTheNextRun) {
  write_log(10);
  const Totals second = write_log(10);
  EXPECT_EQ(check().head, second.head);
  EXPECT_EQ(check().state, LogState::ok);
  EXPECT_EQ(check().runs, 2u);
  const auto changes = read();
  for (std::size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(changes[i].sequence, i + 1);
  EXPECT_EQ(changes.back().run_number, 2u);
  EXPECT_THAT(read({.run = "plant#2", .node = "counter"}), SizeIs(11));
}

TEST_F(AChangeLog, RefusesASecondWriterAndNamesTheFirst) {
  auto first = open();
  Diagnostics refused;
  EXPECT_EQ(ChangeLog::open(options(), refused), nullptr);
  EXPECT_THAT(refused, Finds(Code::PS0602));
  EXPECT_THAT(text_of(refused), HasSubstr("pid " + std::to_string(getpid())));
  first.reset();
  EXPECT_NE(open(), nullptr);
}

TEST_F(AChangeLog, SaysWhyItsDirectoryCannotBeMade) {
  put(home / "file", "not a directory");
  Options wanted = options();
  wanted.directory = home / "file" / "log";
  Diagnostics refused;
  EXPECT_EQ(ChangeLog::open(wanted, refused), nullptr);
  EXPECT_THAT(refused, Finds(Code::PS0601));
}

TEST_F(AChangeLog, WaitsWhileARingIsFullAndSaysSo) {
  Options wanted = options();
  wanted.ring_bytes = 4096;  // 128 entries
  const Totals totals = write_log(100'000, wanted);
  EXPECT_GT(totals.waits, 0u);
  const auto changes = changes_of("counter");
  ASSERT_THAT(changes, SizeIs(100'001));
  for (std::size_t i = 1; i < changes.size(); ++i) ASSERT_EQ(changes[i].new_value, Value(std::uint64_t{i}));
  EXPECT_FALSE(read({.metric = "ring_full"}).empty());
}

TEST_F(AChangeLog, TakesChangesFromManyThreadsOfOneNode) {
  constexpr std::uint64_t each = 20'000;
  auto opened = open();
  Recorder& recorder = opened->add_node(
      {.name = "n",
       .type = "n",
       .library = {},
       .metrics = {{.name = "a", .label = "a"}, {.name = "b", .label = "b"}, {.name = "c", .label = "c"}}});
  recorder.own();
  const auto assign = [&](std::uint32_t metric) {
    for (std::uint64_t i = 0; i < each; ++i) recorder.record(metric, i, i + 1, true);
  };
  std::thread second(assign, 1);
  std::thread third(assign, 2);
  assign(0);
  second.join();
  third.join();
  Diagnostics trouble;
  (void)opened->close(trouble);
  for (const char* metric : {"a", "b", "c"}) {
    const auto changes = read({.node = "n", .metric = metric});
    ASSERT_THAT(changes, SizeIs(each + 1));
    for (std::uint64_t i = 0; i <= each; ++i) ASSERT_EQ(changes[i].new_value, Value(i));
  }
}

// Each thread has a ring of its own, and the clock's cell may stand a little behind the kernel's clock.
TEST_F(AChangeLog, KeepsTheOrderOfANodeThatGoesFromThreadToThread) {
  constexpr std::uint64_t rounds = 200;
  constexpr std::uint64_t each = 50;
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const auto turn = [&] { count(recorder, (round + 1) * each, round * each); };
    if (round % 2 == 0)
      turn();
    else
      std::thread(turn).join();
  }
  Diagnostics trouble;
  (void)opened->close(trouble);
  const auto changes = changes_of("counter");
  ASSERT_THAT(changes, SizeIs(rounds * each + 1));
  for (std::uint64_t i = 0; i < changes.size(); ++i) {
    ASSERT_EQ(changes[i].new_value, Value(i));
    ASSERT_FALSE(changes[i].unaudited_write);
  }
}

TEST_F(AChangeLog, BeginsANewSegmentWhenOneIsFull) {
  Options wanted = options();
  wanted.segment_bytes = 8192;
  write_log(3000, wanted);
  const Totals totals = write_log(3000, wanted);
  const Verification result = check();
  EXPECT_EQ(result.state, LogState::ok) << text_of(found);
  EXPECT_GT(result.segments, 2u);
  EXPECT_EQ(result.head, totals.head);
  EXPECT_THAT(changes_of("counter"), SizeIs(6002));
}

TEST_F(AChangeLog, WritesNoBlockThatNoReaderWouldTake) {
  auto opened = open();
  opened->parameter(
      {.node = "n", .parameter = "p", .old_value = {}, .new_value = std::string(17 << 20, 'x'), .reason = {}});
  EXPECT_TRUE(opened->failed());
  Diagnostics trouble;
  (void)opened->close(trouble);
  EXPECT_THAT(trouble, Finds(Code::PS0606));
  EXPECT_THAT(text_of(trouble), HasSubstr("is larger than a block, which has at most 16777216"));
  EXPECT_EQ(check().state, LogState::not_closed) << text_of(found);
  opened.reset();
  open().reset();
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
}

TEST_F(AChangeLog, HasNothingBehindItsCloseRecord) {
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  std::atomic<bool> is_over = false;
  std::atomic<std::uint64_t> assigned = 0;
  std::thread flat_out([&] {
    recorder.own();
    for (std::uint64_t i = 0; !is_over; assigned = ++i) recorder.record(0, i, i + 1, true);
  });
  while (assigned < 1000) std::this_thread::yield();
  Diagnostics trouble;
  const Totals totals = opened->close(trouble);
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
  EXPECT_EQ(check().head, totals.head);
  is_over = true;
  flat_out.join();
}

TEST_F(AChangeLog, LeavesToTheNextRunWhatCameWhileItWasClosed) {
  Recorder* recorder = nullptr;
  Options wanted = options();
  wanted.on_changes = [&](std::span<const Change> changes) {
    if (changes.empty() || changes.back().metric != "ended") return;
    std::thread([&] { count(*recorder, 10); }).join();  // a thread of a plugin that goes on
  };
  auto opened = open(wanted);
  recorder = &opened->add_node(counter());
  Diagnostics trouble;
  (void)opened->close(trouble);
  EXPECT_THAT(text_of(trouble), testing::HasSubstr("10 changes were recorded after the end of the run"));
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
  EXPECT_EQ(check().pending, 10u);
  opened.reset();
  open().reset();
  EXPECT_EQ(check().pending, 0u);
  EXPECT_EQ(check().state, LogState::ok) << text_of(found);
  EXPECT_THAT(changes_of("counter"), SizeIs(11));
}

TEST_F(AChangeLog, LeavesNothingOfItsRings) {
  write_log(10);
  EXPECT_TRUE(std::filesystem::is_empty(log / "rings"));
}

TEST_F(AChangeLog, HoldsNothingOfARecorderThatKeepsNothing) {
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  count(recorder, 3);
  Recorder::null().own();
  Recorder::null().record(0, 1, 2, true);
  count(recorder, 6, 3);
  opened.reset();
  EXPECT_THAT(read({.kind = Kind::change}), SizeIs(7));
  EXPECT_THAT(changes_of("counter"), SizeIs(7));
}

}  // namespace
}  // namespace penstock::changelog
