#include "execution/call_clock.hpp"

#ifdef __x86_64__
#include <cpuid.h>
#endif

namespace penstock::execution {
namespace {

#ifdef __x86_64__
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
  const std::int64_t start_ns = steady_ns();
  const std::uint64_t start = __builtin_ia32_rdtsc();
  std::int64_t passed_ns = 0;
  while (passed_ns < long_enough_ns) passed_ns = steady_ns() - start_ns;
  const std::uint64_t ticks = __builtin_ia32_rdtsc() - start;
  if (ticks > 0) ns_per_tick_ = static_cast<double>(passed_ns) / static_cast<double>(ticks);
#endif
}

const CallClock& CallClock::get() noexcept {
  static const CallClock clock;
  return clock;
}

}  // namespace penstock::execution
