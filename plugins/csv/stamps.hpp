// How the times of one sensor follow each other.
#pragma once
#include <penstock/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace csv {

/// Remembers the latest stamp and the last few. A clock that is set back shows a stretch of time twice: the same stamps
/// come again some rows later, which is why the latest one alone would find hardly any of them. 24 bytes, and 8 for each
/// stamp that is remembered, in steps: most of a million sensors may have a single row.
class Stamps {
 public:
  static constexpr std::uint32_t remembered = 64;

  struct Seen {
    bool out_of_order;  // earlier than the latest stamp so far
    bool duplicate;     // the same as one of the last ones
  };

  /// The next stamp will come soon: where it goes is fetched, which for many sensors is in no near cache.
  void expect() const { __builtin_prefetch(last_.get() + next_, 1); }

  Seen add(std::int64_t ns) {
    Seen seen{false, false};
    if (ns > latest_) [[likely]]
      latest_ = ns;
    else
      seen = look_back(ns);
    if (next_ == room_) [[unlikely]]
      make_room();
    last_[next_++] = ns;
    return seen;
  }

 private:
  [[gnu::noinline]] Seen look_back(std::int64_t ns) const {
    const std::int64_t* const end = last_.get() + (full_ ? remembered : next_);
    return {ns < latest_, std::find<const std::int64_t*>(last_.get(), end, ns) != end};
  }
  [[gnu::noinline]] void make_room() {
    if (room_ == remembered) {
      next_ = 0;
      full_ = true;
      return;
    }
    const std::uint32_t more = room_ == 0 ? 2 : 2 * room_;
    auto larger = std::make_unique_for_overwrite<std::int64_t[]>(more);
    std::copy_n(last_.get(), room_, larger.get());
    last_ = std::move(larger);
    room_ = static_cast<std::uint8_t>(more);
  }

  std::int64_t latest_ = std::numeric_limits<std::int64_t>::min();
  std::unique_ptr<std::int64_t[]> last_;
  std::uint8_t next_ = 0, room_ = 0;
  bool full_ = false;
};
static_assert(sizeof(Stamps) == 24);

/// The stamps of all sensors, by their codes.
class StampsOfSensors {
 public:
  struct Seen {
    std::uint64_t out_of_order = 0, duplicates = 0;  // rows
  };

  /// Rows in their order. In a loop of its own, whose iterations wait for nobody's memory.
  Seen add(const penstock::Key* sensor, const penstock::Time* time, std::size_t rows) {
    constexpr std::size_t ahead = 16;
    Stamps* stamps = stamps_.data();
    std::size_t known = stamps_.size();
    Seen seen;
    for (std::size_t row = 0; row < rows; ++row) {
      if (row + ahead < rows)
        if (const auto next = static_cast<std::size_t>(sensor[row + ahead].code); next < known) stamps[next].expect();
      const auto code = static_cast<std::size_t>(sensor[row].code);
      if (code >= known) [[unlikely]] {
        stamps_.resize(code + 1 + code / 2);
        stamps = stamps_.data();
        known = stamps_.size();
      }
      const Stamps::Seen now = stamps[code].add(time[row].ns);
      seen.out_of_order += now.out_of_order;
      seen.duplicates += now.duplicate;
    }
    return seen;
  }

 private:
  std::vector<Stamps> stamps_;
};

}  // namespace csv
