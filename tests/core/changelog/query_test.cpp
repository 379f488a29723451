#include "changelog/query.hpp"

#include <atomic>
#include <string_view>
#include <thread>

#include "core/changelog/log_fixture.hpp"

namespace penstock::changelog {
namespace {

using testing::Each;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

class QueryTest : public LogTest {};

TEST_F(QueryTest, FiltersByNumberNodeMetricLabelKindAndRun) {
  write_log(10);
  write_log(5);
  const auto all = read();
  EXPECT_THAT(read({.after = 3}), SizeIs(all.size() - 3));
  EXPECT_THAT(read({.after = all.size()}), IsEmpty());
  EXPECT_THAT(read({.node = "counter"}), SizeIs(17));
  EXPECT_THAT(read({.node = "count"}), IsEmpty());
  EXPECT_THAT(read({.metric = "records_counted"}), SizeIs(17));
  EXPECT_THAT(read({.kind = Kind::lifecycle}), SizeIs(4));
  EXPECT_THAT(read({.run = "2", .node = "counter"}), SizeIs(6));
  EXPECT_THAT(read({.run = "plant#1"}), Each(Field(&Change::run_number, 1u)));
  EXPECT_THAT(read({.run = "plant"}), SizeIs(all.size()));
}

TEST_F(QueryTest, FiltersByTimeWithoutTheEnd) {
  write_log(10);
  const auto all = read();
  const std::int64_t middle = all[all.size() / 2].time_ns;
  const auto before = read({.until_ns = middle});
  const auto after = read({.since_ns = middle});
  EXPECT_EQ(before.size() + after.size(), all.size());
  for (const Change& change : before) EXPECT_LT(change.time_ns, middle);
  for (const Change& change : after) EXPECT_GE(change.time_ns, middle);
}

TEST_F(QueryTest, StopsWhenItIsAskedTo) {
  write_log(10);
  int seen = 0;
  const auto result = query(
      log, {}, [&](const Change&) { return ++seen < 3; }, found);
  EXPECT_EQ(seen, 3);
  EXPECT_EQ(result->matched, 3u);
}

TEST_F(QueryTest, ReadsBesideALivingWriterWithoutMissingOrDoublingAChange) {
  auto opened = open();
  Recorder& recorder = opened->add_node(counter());
  recorder.own();
  for (std::uint64_t round = 0; round < 50; ++round) {
    for (std::uint64_t i = round * 100; i < (round + 1) * 100; ++i) recorder.record(0, i, i + 1, true);
    const auto changes = changes_of("counter");
    ASSERT_THAT(changes, SizeIs((round + 1) * 100 + 1));
    for (std::uint64_t i = 0; i < changes.size(); ++i) ASSERT_EQ(changes[i].new_value, Value(i));
  }
}

TEST_F(QueryTest, FindsNoDamageWhileRunsBeginAndEnd) {
  write_log(10);
  std::atomic<bool> is_done = false;
  std::thread runs([&] {
    for (int run = 0; run < 200; ++run) {
      Diagnostics trouble;
      if (const auto opened = ChangeLog::open(options(), trouble)) count(opened->add_node(counter()), 10);
    }
    is_done = true;
  });
  while (!is_done) {
    (void)read({.kind = Kind::lifecycle});
    EXPECT_THAT(found, IsEmpty()) << text_of(found);
  }
  runs.join();
}

TEST_F(QueryTest, NeverNamesANodeByTheDefinitionsOfAnotherRun) {
  for (const char* node : {"first", "second"}) {
    auto opened = open();
    count(opened->add_node(counter(node)), 10);
  }
  std::string bytes = bytes_of(segment());
  for (const Block& block : blocks_of(segment()))
    if (block.header.run == 2 && block.header.kind == BlockKind::definitions)
      bytes[block.offset + sizeof(BlockHeader)] ^= 1;
  put(segment(), bytes);
  EXPECT_THAT(changes_of("first"), SizeIs(11));
  EXPECT_THAT(changes_of("#0"), SizeIs(11));
  EXPECT_THAT(changes_of("#0"), Each(Field(&Change::run_number, 2u)));
}

TEST_F(QueryTest, NeverWritesToTheDirectory) {
  write_log(10);
  const auto time = std::filesystem::last_write_time(segment());
  std::filesystem::permissions(segment(), std::filesystem::perms::owner_read);
  std::filesystem::remove_all(log / "rings");
  std::filesystem::remove(log / "LOCK");
  EXPECT_THAT(changes_of("counter"), SizeIs(11));
  EXPECT_EQ(check().state, LogState::ok);
  EXPECT_EQ(std::filesystem::last_write_time(segment()), time);
  EXPECT_FALSE(std::filesystem::exists(log / "LOCK"));
}

TEST(ParseTime, TakesRfc3339AndDates) {
  EXPECT_EQ(parse_time("1970-01-01T00:00:01Z"), 1'000'000'000);
  EXPECT_EQ(parse_time("1970-01-01T01:00:00.5+01:00"), 500'000'000);
  EXPECT_EQ(parse_time("1969-12-31T23:00:00-01:00"), 0);
  EXPECT_EQ(parse_time("1970-01-02"), 86'400'000'000'000);
  EXPECT_EQ(parse_time("1970-01-01t00:00:00.1234567891z"), 123'456'789);
  EXPECT_EQ(parse_time("2024-02-29T00:00:00Z"), 1'709'164'800'000'000'000);
}

TEST(ParseTime, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "now", "2023-02-29", "1970-13-01", "1970-01-01T", "1970-01-01T00:00:00",
                                      "1970-01-01T24:00:00Z", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00Zx",
                                      "0000-01-01", "9999-01-01", "1970-01-01T00:00:00+1:00", "+970-01-01"})
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
}

}  // namespace
}  // namespace penstock::changelog
