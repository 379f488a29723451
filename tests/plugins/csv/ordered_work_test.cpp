#include "csv/ordered_work.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace csv {
namespace {

using Numbers = OrderedWork<int, std::string>;

const Numbers::Work text = [](int&& number) { return std::to_string(number); };

TEST(OrderedWork, GivesTheResultsInTheOrderOfTheTasks) {
  Numbers work({text, text, text}, 16);
  for (int i = 0; i < 10'000; ++i) {
    if (work.is_full()) {
      ASSERT_EQ(work.take(), std::to_string(i - 16));
    }
    work.add(i);
  }
  for (int i = 10'000 - 16; i < 10'000; ++i) ASSERT_EQ(work.take(), std::to_string(i));
  EXPECT_EQ(work.size(), 0u);
}

TEST(OrderedWork, HoldsALaterResultBackUntilTheFirstIsThere) {
  std::latch first_may_end(1);
  Numbers work({2,
                [&](int&& number) {
                  if (number == 1) first_may_end.wait();
                  return std::to_string(number);
                }},
               4);
  work.add(1);
  EXPECT_EQ(work.try_take(), std::nullopt);
  work.add(2);
  EXPECT_EQ(work.try_take(), std::nullopt);
  EXPECT_EQ(work.size(), 2u);
  first_may_end.count_down();
  EXPECT_EQ(work.take(), "1");
  EXPECT_EQ(work.take(), "2");
  EXPECT_EQ(work.try_take(), std::nullopt);
}

TEST(OrderedWork, WorksOnAsManyTasksAtATimeAsThereAreThreads) {
  std::latch all_have_begun(3);
  Numbers work({3,
                [&](int&& number) {
                  all_have_begun.arrive_and_wait();
                  return std::to_string(number);
                }},
               3);
  for (int i = 0; i < 3; ++i) work.add(i);
  EXPECT_EQ(work.take(), "0");
  EXPECT_EQ(work.take(), "1");
  EXPECT_EQ(work.take(), "2");
}

TEST(OrderedWork, GivesWhatATaskThrewInItsPlace) {
  Numbers work({2,
                [](int&& number) -> std::string {
                  if (number == 1) throw std::runtime_error("no 1");
                  return std::to_string(number);
                }},
               3);
  for (int i = 0; i < 3; ++i) work.add(i);
  EXPECT_EQ(work.take(), "0");
  EXPECT_THROW(work.take(), std::runtime_error);
  EXPECT_EQ(work.take(), "2");
  EXPECT_EQ(work.size(), 0u);
}

TEST(OrderedWork, LetsNoMoreInThanItsLimit) {
  Numbers work({text}, 2);
  work.add(0);
  EXPECT_FALSE(work.is_full());
  work.add(1);
  EXPECT_TRUE(work.is_full());
  std::promise<void> added;
  std::jthread other([&] {
    work.add(2);
    added.set_value();
  });
  EXPECT_EQ(work.take(), "0");
  added.get_future().wait();
  EXPECT_EQ(work.take(), "1");
  EXPECT_EQ(work.take(), "2");
}

TEST(OrderedWork, WhoFindsItFullDoesATaskRatherThanWait) {
  std::latch was_helped(1);
  std::vector<std::string> results;
  std::optional<Numbers> work;
  const Numbers::Work slow = [&](int&& number) {
    if (number == 1) was_helped.wait();  // for ever, if whoever adds the third waits for room
    return std::to_string(number);
  };
  Numbers::Work own = [&](int&& number) {
    was_helped.count_down();
    return "own " + std::to_string(number);
  };
  std::latch first_is_begun(1);
  work.emplace(std::vector<Numbers::Work>{[&](int&& number) {
                 if (number == 1) first_is_begun.count_down();
                 return slow(std::move(number));
               }},
               2, [&] {
                 while (auto result = work->try_take()) results.push_back(*result);
               });
  work->add(1, own, [] {});
  first_is_begun.wait();
  work->add(2, own, [] {});
  work->add(3, own, [] {});
  work->wait_until_empty();
  work.reset();
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[0], "1");
  EXPECT_EQ(results[1], "own 2");
}

TEST(OrderedWork, TellsWhenTheNextResultIsReady) {
  std::promise<void> ready;
  Numbers work({text}, 2, [&] { ready.set_value(); });
  work.add(7);
  ready.get_future().wait();
  EXPECT_EQ(work.try_take(), "7");
}

// As a writer uses it: whichever thread finishes the next piece takes all that are there, one thread at a time.
TEST(OrderedWork, MayBeTakenFromByItsOwnThreads) {
  std::mutex taking;
  std::string taken, expected;
  Numbers* whole = nullptr;
  Numbers work({text, text, text}, 4, [&] {
    const std::lock_guard lock(taking);
    while (const auto one = whole->try_take()) taken += *one;
  });
  whole = &work;
  for (int i = 0; i < 1000; ++i) {
    work.add(i);
    expected += std::to_string(i);
  }
  work.wait_until_empty();
  const std::lock_guard lock(taking);
  EXPECT_EQ(taken, expected);
}

TEST(OrderedWork, DropsWhatNobodyTookWhenItGoes) {
  using Pointer = std::shared_ptr<int>;
  const Pointer number = std::make_shared<int>(1);
  std::latch first_has_begun(1);
  std::atomic<bool> work_begins = true;
  {
    OrderedWork<Pointer, Pointer> work({[&](Pointer&& one) {
                                         if (work_begins.exchange(false)) first_has_begun.count_down();
                                         return std::move(one);
                                       }},
                                       8);
    for (int i = 0; i < 8; ++i) work.add(number);
    first_has_begun.wait();
  }
  EXPECT_EQ(number.use_count(), 1);
}

TEST(OrderedWork, GoesQuietlyWithoutATask) { Numbers work({text, text}, 2); }

TEST(OrderedWork, MovesTasksAndResultsThatCannotBeCopied) {
  using Pointer = std::unique_ptr<int>;
  OrderedWork<Pointer, Pointer> work({[](Pointer&& number) {
                                       ++*number;
                                       return std::move(number);
                                     }},
                                     2);
  work.add(std::make_unique<int>(1));
  EXPECT_EQ(*work.take(), 2);
}

}  // namespace
}  // namespace csv
