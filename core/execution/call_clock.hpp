#pragma once

#include <cstdint>

#include "execution/node_host.hpp"

namespace penstock::execution {

/** Measures how long calls take, at a third of what the steady clock costs: by the processor's time-stamp counter where it
 *  runs at one rate (else by the steady clock). Its rate is measured once, for 0.2 ms, to about a thousandth. */
class CallClock {
 public:
  [[nodiscard]] static const CallClock& get() noexcept;

  /** For differences only. */
  [[nodiscard]] std::int64_t now() const noexcept {
#ifdef __x86_64__
    if (ns_per_tick_ > 0) [[likely]]
      return static_cast<std::int64_t>(__builtin_ia32_rdtsc());
#endif
    return steady_ns();
  }
  [[nodiscard]] std::int64_t ns(std::int64_t difference) const noexcept {
    return ns_per_tick_ > 0 ? static_cast<std::int64_t>(static_cast<double>(difference) * ns_per_tick_) : difference;
  }

 private:
  CallClock() noexcept;

  double ns_per_tick_ = 0;  // 0: by the steady clock
};

}  // namespace penstock::execution
