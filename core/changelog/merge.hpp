#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "changelog/clock.hpp"
#include "changelog/invariant.hpp"
#include "changelog/segment_writer.hpp"

namespace penstock::changelog {

/** Entries of one ring that are to go into the log: slot `sequence & mask`. */
struct RingView {
  std::uint64_t ring = 0;
  std::span<const Entry> slots = {};  ///< a power of two of them
  std::uint64_t next = 0;
  std::uint64_t end = 0;
  TickAnchor anchor = {};
  std::int64_t last_time_ns = 0;  ///< of the entry that was taken last
  std::uint64_t gone = 0;         ///< entries before it are not waited for, though `next` is not there

  [[nodiscard]] const Entry& front() const noexcept { return slots[next & (slots.size() - 1)]; }

  /** Of the front. The cell of the clock stands a little behind the ticks: time never goes back in a ring for that. A clock
   *  that was set is no such thing, and is believed. */
  [[nodiscard]] std::int64_t time_ns() const noexcept {
    const std::int64_t time = anchor.time_of(front().time_ns);
    return last_time_ns - time < clock_skew_ns ? std::max(time, last_time_ns) : time;
  }

  static constexpr std::int64_t clock_skew_ns = 100'000'000;
  [[nodiscard]] bool is_empty() const noexcept { return next == end; }
};

/** At most so many changes are in a block. */
inline constexpr std::size_t rows_per_block = 4096;

/** Takes up to rows_per_block changes out of the views and marks them: each ring in its own order, the rings by time, and a node
 *  that went from one ring to another in the order of its rings. What follows a hand-over from a ring stays in its view until
 *  the view of that ring is past it. Entries that were never written are passed over. False: nothing moved. */
bool merge(std::span<RingView> views, Ledger& ledger, std::vector<Entry>& rows);

/** For rings that nobody writes any more, when nothing moves: no hand-over waits any longer, for what it waits for is lost and
 *  its place in the order with it. False: there is nothing that waits. */
[[nodiscard]] bool release_holds(std::span<RingView> views) noexcept;

/** Appends a block of rows that came from rings; `before` and `after` are the views before and after the merge. */
[[nodiscard]] bool append_rows(SegmentWriter& writer, BlockDraft draft, std::span<const Entry> rows,
                               std::span<const RingView> before, std::span<const RingView> after);

}  // namespace penstock::changelog
