#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace penstock::execution {

/** What belongs to batch numbers that rise, looked up as "the last one at or before". Bounded: when there are too many,
 *  every second one is forgotten, so that an answer is at worst an earlier one. Where answers say how far input may be
 *  acknowledged, an earlier one delays and never loses. */
template <class T>
class Milestones {
 public:
  static constexpr std::size_t most = 1024;

  void add(std::uint64_t number, T value) {
    if (entries_.size() == most) thin();
    entries_.emplace_back(number, std::move(value));
  }

  /** Null if there is none at or before `number`. */
  [[nodiscard]] const T* at_or_before(std::uint64_t number) const noexcept {
    const auto after = std::ranges::upper_bound(entries_, number, {}, &Entry::first);
    return after == entries_.begin() ? nullptr : &std::prev(after)->second;
  }

  /** Forgets what no question about `number` or a later one needs any more. */
  void forget_before(std::uint64_t number) {
    const auto after = std::ranges::upper_bound(entries_, number, {}, &Entry::first);
    if (after != entries_.begin()) entries_.erase(entries_.begin(), std::prev(after));
  }

 private:
  using Entry = std::pair<std::uint64_t, T>;

  void thin() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries_.size(); i += 2, ++kept)
      if (kept != i) entries_[kept] = std::move(entries_[i]);
    entries_.resize(kept);
  }

  std::vector<Entry> entries_;
};

}  // namespace penstock::execution
