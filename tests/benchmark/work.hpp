// The parts of the work, as one writes them who knows its numbers when he compiles.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "readings.hpp"

namespace penstock::bench {

/** The last values of one sensor, as a running sum. Places not yet taken hold 0, so that a filling window needs no branch. */
class Window {
 public:
  double add(double x) noexcept {
    sum_ += x - last_[next_];
    last_[next_] = x;
    next_ = next_ + 1 == window ? 0 : next_ + 1;
    count_ = std::min<std::uint32_t>(count_ + 1, window);
    return sum_ / count_;
  }

 private:
  double sum_ = 0;
  std::uint32_t next_ = 0, count_ = 0;
  std::array<double, window> last_{};
};

// Not short-circuit: one branch, or none.
inline bool is_kept(double value) noexcept { return (lowest <= value) & (value <= highest); }
inline double normalized(double value) noexcept { return (value - lowest) / (highest - lowest); }

}  // namespace penstock::bench
