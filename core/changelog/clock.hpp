#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace penstock::changelog {

/** UTC in nanoseconds since 1970, from the kernel. */
[[nodiscard]] std::int64_t wall_time_ns() noexcept;

/** What the ticks of the processor's time-stamp counter mean: one moment on both clocks, and the rate near it. */
struct TickAnchor {
  std::uint64_t ticks = 0;
  std::int64_t time_ns = 0;
  double ns_per_tick = 0;

  /** UTC of a stamp, which is a time, or ticks with the highest bit set. Ticks that mean no time, as a damaged file may hold,
   *  give the first or the last one: nothing overflows while `time_ns` and `ns_per_tick` are not negative. */
  [[nodiscard]] std::int64_t time_of(std::int64_t stamp) const noexcept {
    if (stamp >= 0) return stamp;
    const auto since = static_cast<std::int64_t>((static_cast<std::uint64_t>(stamp) & ~tick_flag) - ticks);
    const double passed = static_cast<double>(since) * ns_per_tick;
    return time_ns + static_cast<std::int64_t>(std::clamp(passed, -static_cast<double>(time_ns), 0x1p62));
  }

  static constexpr std::uint64_t tick_flag = std::uint64_t{1} << 63;
};

/** The time of the log, and the bell that wakes its collector.
 *
 *  While changes arrive fast, the collector publishes the time in a cell, and a caller pays one load for it. In between the cell
 *  is 0 and the caller reads the time-stamp counter, which the collector translates; without an invariant one it asks the
 *  kernel, at more than twice the price. */
class Clock {
 public:
  Clock() noexcept;

  /** A stamp of now. Any thread. */
  [[nodiscard]] std::int64_t published() const noexcept { return cell_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t read() const noexcept {
#if defined(__x86_64__)
    if (has_ticks_) [[likely]]
      return static_cast<std::int64_t>(__builtin_ia32_rdtsc() | TickAnchor::tick_flag);
#endif
    return wall_time_ns();
  }

  /** To be called with every rush_reads-th stamp of a thread that found the cell empty: wakes the collector when they came so
   *  fast that the cell is worth it. `last_mark_ns` is the caller's, 0 at first. Any thread. */
  static constexpr std::uint64_t rush_reads = 256;
  void check_rush(std::int64_t& last_mark_ns) noexcept;

  /** The meaning of ticks now; it serves for anchor_period_ns. Collector only, or before there is one. */
  static constexpr std::int64_t anchor_period_ns = 5'000'000;
  [[nodiscard]] TickAnchor calibrate() noexcept;

  /** Collector only: puts the time into the cell, 0 empties it. */
  void publish(std::int64_t time_ns) noexcept;

  /** What bounds the error of the times: the longest that the cell stood unchanged since the last call, of those taken from it;
   *  of ticks, how exactly the last calibrate() knew moment and rate, from the one before it to the next one. */
  [[nodiscard]] std::uint32_t take_error_ns() noexcept;

  /** Wakes the collector if it sleeps. Any thread. */
  void ring_bell() noexcept;

  /** Collector only: changes arrive so fast that the cell is worth it; asked for once, forgotten then. */
  [[nodiscard]] bool take_rush() noexcept { return rush_.exchange(false, std::memory_order_relaxed); }

  /** Collector only: what to hand to sleep(); a bell between the two calls ends the sleep at once. */
  [[nodiscard]] std::uint32_t bell() const noexcept { return bell_.load(std::memory_order_acquire); }
  void sleep(std::uint32_t bell_before, std::chrono::nanoseconds longest) noexcept;

 private:
  struct Sample {
    std::uint64_t ticks = 0;
    std::int64_t wall_ns = 0;
    std::int64_t steady_ns = 0;
    std::uint64_t gap = 0;  ///< ticks that the reading of the three took: they are of one moment up to this
  };
  [[nodiscard]] static Sample sample() noexcept;

  alignas(64) std::atomic<std::int64_t> cell_ = 0;
  const bool has_ticks_;
  alignas(64) std::atomic<std::uint32_t> bell_ = 0;
  std::atomic<bool> rush_ = false;
  std::int64_t last_published_ = 0;
  std::int64_t error_ns_ = 0;
  std::int64_t tick_error_ns_ = 0;
  Sample base_;                 ///< where the window of the rate begins
  Sample last_;                 ///< of the last calibrate()
  double ns_per_tick_ = 0;      ///< 0: not yet measured
  double rate_error_ = 0;       ///< of ns_per_tick_, a part of 1
  bool is_rate_final_ = false;  ///< measured over a whole window
};

}  // namespace penstock::changelog
