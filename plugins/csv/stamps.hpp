// How the times of one sensor follow each other.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace csv {

/// Remembers the latest stamp and the last few. A clock that is set back shows a stretch of time twice: the same stamps
/// come again some rows later, which is why the latest one alone would find hardly any of them.
class Stamps {
 public:
  static constexpr std::size_t remembered = 64;

  struct Seen {
    bool out_of_order;  // earlier than the latest stamp so far
    bool duplicate;     // the same as one of the last ones
  };

  Seen add(std::int64_t ns) {
    Seen seen{false, false};
    if (!last_.empty() && ns <= latest_) {
      seen.out_of_order = ns < latest_;
      seen.duplicate = std::find(last_.begin(), last_.end(), ns) != last_.end();
    } else {
      latest_ = ns;
    }
    if (last_.size() < remembered) {
      last_.push_back(ns);
    } else {
      last_[next_] = ns;
      next_ = (next_ + 1) % remembered;
    }
    return seen;
  }

 private:
  std::vector<std::int64_t> last_;  // grows: most of a million sensors may have a single row
  std::size_t next_ = 0;
  std::int64_t latest_ = 0;
};

}  // namespace csv
