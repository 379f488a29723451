#include "execution/call_clock.hpp"

#include <limits>

#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace penstock::execution {
namespace {

#ifdef __x86_64__
struct Moment {
  std::int64_t ns;
  std::uint64_t ticks;
};

// Both clocks at once: of a few readings the one whose two ends are nearest, since a thread may be put aside in between.
Moment read_both() noexcept {
  Moment best{};
  std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
  for (int i = 0; i < 8; ++i) {
    const std::int64_t before = steady_ns();
    const std::uint64_t ticks = __builtin_ia32_rdtsc();
    const std::int64_t took = steady_ns() - before;
    if (took >= shortest) continue;
    shortest = took;
    best = {before + took / 2, ticks};
  }
  return best;
}

bool has_steady_ticks() noexcept {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned power_management = 0x80000007, invariant = 1u << 8;
  return __get_cpuid(power_management, &a, &b, &c, &d) != 0 && (d & invariant) != 0;
}
#endif

}  // namespace

CallClock::CallClock() noexcept {
#ifdef __x86_64__
  if (!has_steady_ticks()) return;
  constexpr std::int64_t long_enough_ns = 200'000;
  const Moment start = read_both();
  Moment end = start;
  while (end.ns - start.ns < long_enough_ns) end = read_both();
  if (end.ticks > start.ticks)
    ns_per_tick_ = static_cast<double>(end.ns - start.ns) / static_cast<double>(end.ticks - start.ticks);
#endif
}

const CallClock& CallClock::get() noexcept {
  static const CallClock clock;
  return clock;
}

}  // namespace penstock::execution
