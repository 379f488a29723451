#include "changelog/clock.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

namespace penstock::changelog {
namespace {

/** More threads than there are processors, so that the one that measures is often put aside. */
class Load {
 public:
  Load() {
    for (unsigned i = 0; i < 4 * std::thread::hardware_concurrency() + 4; ++i)
      threads_.emplace_back([this] {
        while (!is_over_.load(std::memory_order_relaxed)) {
        }
      });
  }
  ~Load() {
    is_over_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

 private:
  std::atomic<bool> is_over_ = false;
  std::vector<std::thread> threads_;
};

// From the first anchor on: the rate comes from a window of half a millisecond then.
TEST(AClock, KnowsTheTimeOfItsTicksOnABusyMachine) {
  const Load load;
  int checked = 0;
  for (int round = 0; round < 400 && checked < 40; ++round) {
    const auto clock = std::make_unique<Clock>();
    const TickAnchor anchor = clock->calibrate();
    const std::int64_t error = clock->take_error_ns();
    while (wall_time_ns() - anchor.time_ns < Clock::anchor_period_ns / 5) {
    }
    const std::int64_t before = wall_time_ns();
    const std::int64_t time = anchor.time_of(clock->read());
    const std::int64_t after = wall_time_ns();
    if (after - anchor.time_ns > Clock::anchor_period_ns) continue;  // nobody asks so old an anchor
    ++checked;
    ASSERT_GE(time, before - error) << "round " << round;
    ASSERT_LE(time, after + error) << "round " << round;
  }
  EXPECT_GT(checked, 0);
}

}  // namespace
}  // namespace penstock::changelog
