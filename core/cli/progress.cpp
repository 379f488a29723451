#include "cli/progress.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "cli/table.hpp"

namespace penstock::cli {

using std::chrono::steady_clock;

std::string progress_text(std::uint64_t rows, std::uint64_t rows_per_second, std::chrono::nanoseconds elapsed) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(elapsed).count();
  std::array<char, 48> time{};
  const int length = std::snprintf(time.data(), time.size(), "%lld:%02d:%02d", static_cast<long long>(seconds / 3600),
                                   static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return grouped(rows) + " rows, " + grouped(rows_per_second) + " rows per second, " +
         std::string(time.data(), static_cast<std::size_t>(length));
}

Progress::Progress(const std::atomic<std::uint64_t>& rows, Show show, steady_clock::duration period)
    : rows_(rows), show_(std::move(show)), period_(period), thread_([this] { say_until_stopped(); }) {}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  stopped_.notify_one();
  thread_.join();
}

void Progress::say_until_stopped() {
  const steady_clock::time_point start = steady_clock::now();
  steady_clock::time_point last = start;
  std::uint64_t last_rows = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (stopped_.wait_until(lock, last + period_, [this] { return is_stopped_; })) return;
    }
    const std::uint64_t rows = rows_.load(std::memory_order_relaxed);
    const steady_clock::time_point now = steady_clock::now();
    const double rate = static_cast<double>(rows - last_rows) / std::chrono::duration<double>(now - last).count();
    show_(progress_text(rows, static_cast<std::uint64_t>(std::llround(rate)), now - start));
    last = now;
    last_rows = rows;
  }
}

}  // namespace penstock::cli
