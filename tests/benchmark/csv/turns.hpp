#pragma once

#include <atomic>
#include <cstddef>

namespace penstock::bench {

/** What threads do one after the other, in the order of the pieces that they have. */
class Turns {
 public:
  template <class Work>
  void take(std::size_t number, Work&& work) {
    for (std::size_t now = next_; now != number; now = next_) next_.wait(now);
    work();
    next_ = number + 1;
    next_.notify_all();
  }

 private:
  std::atomic<std::size_t> next_{0};
};

}  // namespace penstock::bench
