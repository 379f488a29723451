#pragma once

#include <atomic>

namespace penstock::execution {

/** Ends the sleep of the thread that runs the chain, from any thread. A wake while it is awake costs a load: whoever
 *  wakes first says what there is to do, and the sleeper looks again after it has said that it will sleep. */
class Waker {
 public:
  Waker();
  ~Waker();
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;

  void wake() noexcept;          ///< any thread
  void before_sleep() noexcept;  ///< then look for work once more, then poll the descriptor
  void after_sleep() noexcept;
  [[nodiscard]] int descriptor() const noexcept { return event_; }

 private:
  std::atomic<bool> sleeping_{false};
  int event_;
};

}  // namespace penstock::execution
