#include "changelog/clock.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace penstock::changelog {
namespace {

// rush_reads within so long are a rush: below that rate what the reads cost is not worth a thread that spins for the cell.
constexpr std::int64_t rush_ns = 256'000;

// The rate of the ticks is measured over windows of a second; the first one is short, because a run waits for it, and its
// rate then becomes better with every look.
constexpr std::int64_t first_window_ns = 500'000;
constexpr double first_rate_error = 0.01;
constexpr std::int64_t window_ns = 1'000'000'000;

constexpr int most_attempts = 16;
constexpr std::uint64_t good_gap = 8192;  // ticks: 2 to 4 us, a few times what the readings take

bool has_invariant_ticks() noexcept {
#if defined(__x86_64__)
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  return __get_cpuid(0x8000'0007, &a, &b, &c, &d) == 1 && (d & (1u << 8)) != 0;
#else
  return false;
#endif
}

std::int64_t kernel_time_ns(clockid_t clock) noexcept {
  timespec now{};
  clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

long futex(std::atomic<std::uint32_t>& word, int operation, std::uint32_t value, const timespec* timeout) noexcept {
  static_assert(sizeof word == 4 && std::atomic<std::uint32_t>::is_always_lock_free);
  return syscall(SYS_futex, &word, operation, value, timeout, nullptr, 0);
}

}  // namespace

std::int64_t wall_time_ns() noexcept { return kernel_time_ns(CLOCK_REALTIME); }

Clock::Clock() noexcept : has_ticks_(has_invariant_ticks()), base_(sample()), last_(base_) {}

// A thread that is put aside between two of the readings comes back with ticks of one moment and times of another: of several
// samples the one counts that took the fewest ticks.
Clock::Sample Clock::sample() noexcept {
  Sample best;
  for (int attempt = 0; attempt < most_attempts && (attempt == 0 || best.gap > good_gap); ++attempt) {
    Sample now;
#if defined(__x86_64__)
    const std::uint64_t before = __builtin_ia32_rdtsc();
    now.wall_ns = wall_time_ns();
    now.steady_ns = kernel_time_ns(CLOCK_MONOTONIC);
    now.gap = __builtin_ia32_rdtsc() - before;
    now.ticks = before + now.gap / 2;
#endif
    if (attempt == 0 || now.gap < best.gap) best = now;
  }
  return best;
}

TickAnchor Clock::calibrate() noexcept {
  if (!has_ticks_) return {};
  Sample now = sample();
  const auto ticks = [&] { return static_cast<double>(now.ticks - base_.ticks); };
  const auto error = [&] { return static_cast<double>(now.gap + base_.gap) / ticks(); };
  if (ns_per_tick_ == 0)
    while (now.steady_ns - base_.steady_ns < first_window_ns || error() > first_rate_error) now = sample();
  // The steady clock gives the rate: a wall clock that is set would falsify it. The longer the window, the better the rate.
  const bool is_whole_window = now.steady_ns - base_.steady_ns >= window_ns;
  if (is_whole_window || !is_rate_final_) {
    ns_per_tick_ = static_cast<double>(now.steady_ns - base_.steady_ns) / ticks();
    rate_error_ = error();
  }
  tick_error_ns_ =
      static_cast<std::int64_t>(static_cast<double>(now.gap) * ns_per_tick_ +
                                static_cast<double>(now.steady_ns - last_.steady_ns + anchor_period_ns) * rate_error_);
  last_ = now;
  if (is_whole_window) {
    base_ = now;
    is_rate_final_ = true;
  }
  return {now.ticks, now.wall_ns, ns_per_tick_};
}

void Clock::check_rush(std::int64_t& last_mark_ns) noexcept {
  const std::int64_t now = wall_time_ns();
  if (now - std::exchange(last_mark_ns, now) >= rush_ns) return;
  if (!rush_.exchange(true, std::memory_order_relaxed)) ring_bell();
}

void Clock::publish(std::int64_t time_ns) noexcept {
  if (last_published_ != 0)
    error_ns_ = std::max(error_ns_, (time_ns != 0 ? time_ns : wall_time_ns()) - last_published_);
  last_published_ = time_ns;
  cell_.store(time_ns, std::memory_order_relaxed);
}

std::uint32_t Clock::take_error_ns() noexcept {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(std::max(std::exchange(error_ns_, 0), tick_error_ns_), 0, most));
}

void Clock::ring_bell() noexcept {
  bell_.fetch_add(1, std::memory_order_release);
  futex(bell_, FUTEX_WAKE_PRIVATE, 1, nullptr);
}

void Clock::sleep(std::uint32_t bell_before, std::chrono::nanoseconds longest) noexcept {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(longest);
  timespec timeout{};
  timeout.tv_sec = seconds.count();
  timeout.tv_nsec = (longest - seconds).count();
  futex(bell_, FUTEX_WAIT_PRIVATE, bell_before, &timeout);
}

}  // namespace penstock::changelog
