#pragma once

#include <time.h>

#include <cstdint>

namespace penstock::bench {

/** What the calling thread has computed: on a machine with nothing else to do the same as the wall's time, and on a busy one
 *  not what its neighbours took; plus the wall's time, in which waiting shows. */
struct Times {
  double cpu_s = 0, wall_s = 0;
};

class Stopwatch {
 public:
  [[nodiscard]] Times elapsed() const noexcept {
    return {read(CLOCK_THREAD_CPUTIME_ID) - cpu_s_, read(CLOCK_MONOTONIC) - wall_s_};
  }

 private:
  static double read(clockid_t clock) noexcept {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
  }

  double wall_s_ = read(CLOCK_MONOTONIC), cpu_s_ = read(CLOCK_THREAD_CPUTIME_ID);
};

}  // namespace penstock::bench
