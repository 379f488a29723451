#include "batch/key_table.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace {

// How many allocations of this thread still succeed before one fails; -1: all.
thread_local int allocations_left = -1;

void* allocate(std::size_t bytes) {
  if (allocations_left >= 0 && allocations_left-- == 0) throw std::bad_alloc();
  if (void* const memory = std::malloc(bytes > 0 ? bytes : 1)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) { return allocate(bytes); }
void* operator new[](std::size_t bytes) { return allocate(bytes); }
// Not inline: g++ would see free() beside `new` and call it a mismatch.
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace penstock::batch {
namespace {

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
    allocations_left = failures;
    code = keys.intern(text);
    allocations_left = -1;
  }
  --failures;
  return code;
}

TEST(KeyTable, IsAsItWasWhenAnAllocationFailed) {
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
