#include "batch/key_table.hpp"

#include <gmock/gmock.h>

#include <string>
#include <thread>
#include <vector>

#include "fixture/failing_memory.hpp"

namespace penstock::batch {
namespace {

using fixture::FailingMemory;

TEST(KeyTable, GivesTheSameTextTheSameCode) {
  KeyTable keys;
  EXPECT_EQ(keys.intern("a"), 0);
  EXPECT_EQ(keys.intern("b"), 1);
  EXPECT_EQ(keys.intern("a"), 0);
  EXPECT_EQ(keys.intern(""), 2);
  EXPECT_EQ(keys.intern(std::string_view("a\0b", 3)), 3);
  EXPECT_EQ(keys.size(), 4);
}

TEST(KeyTable, TakesNoMoreThanItsLimit) {
  KeyTable keys(2);
  EXPECT_EQ(keys.intern("a"), 0);
  EXPECT_EQ(keys.intern("b"), 1);
  EXPECT_EQ(keys.intern("c"), -1);
  EXPECT_EQ(keys.intern("b"), 1);
}

/** Interns `text` while one allocation after another fails, until it has a code. */
std::int32_t intern_at_last(KeyTable& keys, std::string_view text, int& failures) {
  std::int32_t code = -1;
  for (failures = 0; code < 0 && failures < 100; ++failures) {
    FailingMemory::ordinary_left = failures;
    code = keys.intern(text);
    FailingMemory::ordinary_left = -1;
  }
  --failures;
  return code;
}

TEST(KeyTable, IsAsItWasWhenAnAllocationFailed) {
  if (!FailingMemory::is_in_place()) GTEST_SKIP() << "the sanitizer allocates";
  KeyTable keys;
  int failures = 0;
  EXPECT_EQ(intern_at_last(keys, "0000000000000000", failures), 0);
  EXPECT_GT(failures, 4);
  for (int i = 1; i < 1023; ++i) {
    const std::string digits = std::to_string(i);
    ASSERT_EQ(keys.intern(std::string(16 - digits.size(), '0') + digits), i);
  }
  // Room for 1023 keys and 16 KiB: the next one needs more of both.
  const std::string longer(64, 'x');
  EXPECT_EQ(intern_at_last(keys, longer, failures), 1023);
  EXPECT_GT(failures, 2);
  for (int i = 1024; i < 3000; ++i) ASSERT_EQ(keys.intern(std::to_string(i)), i);
  const KeySnapshot known = keys.snapshot();
  EXPECT_EQ(known.text(0), "0000000000000000");
  EXPECT_EQ(known.text(1022), "0000000000001022");
  EXPECT_EQ(known.text(1023), longer);
  EXPECT_EQ(known.text(2999), "2999");
}

TEST(KeyTable, ReadsBackWhatItTook) {
  KeyTable keys;
  for (int i = 0; i < 20'000; ++i) ASSERT_EQ(keys.intern("sensor-" + std::to_string(i)), i);
  const KeySnapshot known = keys.snapshot();
  ASSERT_EQ(known.size, 20'000);
  for (int i = 0; i < 20'000; ++i) ASSERT_EQ(known.text(i), "sensor-" + std::to_string(i));
  EXPECT_EQ(known.text(-1), "");
  EXPECT_EQ(known.text(20'000), "");
}

TEST(KeySnapshot, HoldsStillWhileTheTableGrowsAndGoes) {
  KeySnapshot early;
  {
    KeyTable keys;
    (void)keys.intern("first");
    early = keys.snapshot();
    for (int i = 0; i < 100'000; ++i) (void)keys.intern(std::to_string(i));
  }
  ASSERT_EQ(early.size, 1);
  EXPECT_EQ(early.text(0), "first");
}

TEST(KeySnapshot, OfAnEmptyTableIsEmpty) {
  KeyTable keys;
  EXPECT_EQ(keys.snapshot().size, 0);
}

TEST(KeyTable, GivesAllThreadsTheSameCodes) {
  KeyTable keys;
  constexpr int texts = 5'000;
  std::vector<std::vector<std::int32_t>> codes(4, std::vector<std::int32_t>(texts));
  std::vector<std::thread> threads;
  for (auto& mine : codes)
    threads.emplace_back([&keys, &mine] {
      for (int i = 0; i < texts; ++i) mine[static_cast<std::size_t>(i)] = keys.intern(std::to_string(i));
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : codes) EXPECT_EQ(mine, codes.front());
  EXPECT_EQ(keys.size(), texts);
}

}  // namespace
}  // namespace penstock::batch
