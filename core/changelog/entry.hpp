#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace penstock::changelog {

/** One assignment: 32 bytes, the same in a ring and in a block of codec 0. Little-endian.
 *
 *  offset  size  field
 *       0     8  time_ns   UTC, nanoseconds since 1970; in a ring also ticks, with the highest bit set (TickAnchor)
 *       8     4  node      number of the node in its run
 *      12     4  metric    bits 0-23 the index of the metric in its node, bits 24-31 flags
 *      16     8  before    bits of the old value, by the type of the metric
 *      24     8  after     bits of the new value
 */
struct Entry {
  std::int64_t time_ns;
  std::uint32_t node;
  std::uint32_t metric;
  std::uint64_t before;
  std::uint64_t after;

  [[nodiscard]] std::uint32_t index() const noexcept;
  /** No time is 0: a loss of power may leave zeros where a page of a ring was not yet on the disk. */
  [[nodiscard]] bool is_written() const noexcept { return time_ns != 0; }
  [[nodiscard]] bool has(std::uint32_t flag) const noexcept { return (metric & flag) != 0; }
};

static_assert(sizeof(Entry) == 32 && std::is_trivially_copyable_v<Entry>);
static_assert(offsetof(Entry, time_ns) == 0 && offsetof(Entry, node) == 8 && offsetof(Entry, metric) == 12);
static_assert(offsetof(Entry, before) == 16 && offsetof(Entry, after) == 24);

inline constexpr std::uint32_t metric_mask = 0x00FF'FFFF;
inline constexpr std::uint32_t flag_rejected = 0x8000'0000;         ///< `after` was refused by the plugin
inline constexpr std::uint32_t flag_violation = 0x4000'0000;        ///< accepted, and breaks the invariant all the same
inline constexpr std::uint32_t flag_unaudited_write = 0x2000'0000;  ///< `before` is not what the log had last
inline constexpr std::uint32_t flag_first = 0x1000'0000;            ///< the metric was unset; `before` means nothing

/** No change, and only in a ring: the node `node` went over to this ring. `before` is the number of the ring that it used
 *  before, `after` the head of that one at the time: what comes next in this ring comes after all that. */
inline constexpr std::uint32_t flag_handover = 0x0800'0000;

inline std::uint32_t Entry::index() const noexcept { return metric & metric_mask; }

/** An index too large for the field becomes the largest one, which no node has: it cannot pass for another metric. */
inline std::uint32_t metric_and_flags(std::uint32_t index, bool accepted) noexcept {
  return std::min(index, metric_mask) | (accepted ? 0 : flag_rejected);
}

}  // namespace penstock::changelog
