#pragma once

#include <atomic>

namespace penstock::execution {

/** A request to stop, from a signal handler or another thread: the first asks to drain, the second to stop now. */
class Stop {
 public:
  Stop();
  ~Stop();
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;

  void request() noexcept;                        ///< async-signal-safe; any thread
  [[nodiscard]] int level() const noexcept;       ///< 0: run, 1: drain, 2: now
  [[nodiscard]] int descriptor() const noexcept;  ///< readable once asked; for poll

 private:
  std::atomic<int> level_{0};
  int event_ = -1;
};

}  // namespace penstock::execution
