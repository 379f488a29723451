#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "changelog/entry.hpp"
#include "changelog/ring.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

using diagnostic::Diagnostics;

inline constexpr std::uint32_t ring_magic = 0x474E5250;  // "PRNG"
inline constexpr std::uint16_t ring_version = 1;

/** The entries of a ring take no more; what a damaged file claims is never allocated. */
inline constexpr std::uint64_t most_ring_bytes = 16u << 20;

/** The first page of a ring file; `capacity` entries follow it. Little-endian. head and tail count entries since the ring
 *  was made, so the entry with sequence n is in slot n % capacity.
 *
 *  offset  size  field
 *       0     4  magic     "PRNG"; written last when a ring is made
 *       4     2  version   1
 *       6     2  reserved  0
 *       8     8  ring      number of the ring: run << 16 | index in the run
 *      16     8  capacity  entries, a power of two
 *      64     8  head      entries written; stored after the entry by its thread
 *     128     8  tail      entries that are in a segment; stored by the collector after it wrote them
 *     192     8  waits     assignments that waited for room
 *     200     8  lost      assignments that found none while the log could not be written, and are nowhere
 *     256    24  anchor 0  what ticks mean: ticks (u64), the same moment in UTC nanoseconds (i64), nanoseconds per tick (f64)
 *     320    24  anchor 1
 *     384     4  anchor    0 or 1: the one that counts; the collector writes the other one and then this
 */
struct RingHeader {
  std::uint32_t magic;
  std::uint16_t version;
  std::uint16_t reserved;
  std::uint64_t ring;
  std::uint64_t capacity;
  alignas(64) std::uint64_t head;
  alignas(64) std::uint64_t tail;
  alignas(64) std::uint64_t waits;
  std::uint64_t lost;
  alignas(64) TickAnchor anchor_0;
  alignas(64) TickAnchor anchor_1;
  alignas(64) std::uint32_t anchor;
  alignas(64) std::array<std::byte, 3648> rest;
};

static_assert(sizeof(RingHeader) == 4096);
static_assert(offsetof(RingHeader, ring) == 8 && offsetof(RingHeader, capacity) == 16);
static_assert(offsetof(RingHeader, head) == 64 && offsetof(RingHeader, tail) == 128 &&
              offsetof(RingHeader, waits) == 192 && offsetof(RingHeader, lost) == 200);
static_assert(offsetof(RingHeader, anchor_0) == 256 && offsetof(RingHeader, anchor_1) == 320);
static_assert(offsetof(RingHeader, anchor) == 384 && sizeof(TickAnchor) == 24);

/** A ring of the running process: the mapped file, its writing end, and what the collector does with it. */
class RingFile {
 public:
  /** Makes the file, reserves and touches every page of it, so that no store of a hot path faults or meets a full disk. */
  [[nodiscard]] static std::optional<RingFile> create(const std::filesystem::path& path, std::uint64_t number,
                                                      std::uint64_t bytes, const TickAnchor& anchor, Clock& clock,
                                                      Diagnostics& found);
  RingFile(RingFile&& other) noexcept;
  RingFile& operator=(RingFile&&) = delete;
  ~RingFile();

  [[nodiscard]] Ring& writer() noexcept { return writer_; }
  [[nodiscard]] std::uint64_t number() const noexcept { return header_->ring; }
  [[nodiscard]] std::span<const Entry> slots() const noexcept;

  /** Entries that are in the ring for good. Collector. */
  [[nodiscard]] std::uint64_t head() const noexcept;
  [[nodiscard]] std::uint64_t tail() const noexcept;

  /** Gives the slots before `end` back to the writer. Collector. */
  void release(std::uint64_t end) noexcept;

  /** Notes what ticks mean, for a reader after `kill -9`. Collector. */
  void set_anchor(const TickAnchor& anchor) noexcept;

  [[nodiscard]] std::uint64_t waits() const noexcept;
  void count_wait() noexcept;

  [[nodiscard]] std::uint64_t lost() const noexcept;
  void count_lost() noexcept;
  void forget_lost() noexcept;  ///< the log says it now

 private:
  RingFile(RingHeader* header, Clock& clock) noexcept;

  RingHeader* header_;  ///< the mapping, which ends with this
  Ring writer_;
};

/** What a ring file held when it was read. */
struct RingSnapshot {
  std::filesystem::path path = {};
  std::uint64_t number = 0;
  std::uint64_t head = 0;
  std::uint64_t first = 0;  ///< before it slots were used again
  std::uint64_t lost = 0;   ///< assignments that found no room
  TickAnchor anchor = {};
  std::vector<Entry> slots;  ///< those of [first, head) count; entry n is in slot n % size

  [[nodiscard]] std::uint32_t run() const noexcept { return static_cast<std::uint32_t>(number >> 16); }
};

/** Reads a ring without mapping it, also while its process writes: an entry that was overwritten meanwhile is left out, it
 *  is in a segment by then. Nothing, without a word: the ring was never finished, so nothing was recorded in it. */
[[nodiscard]] std::optional<RingSnapshot> read_ring(const std::filesystem::path& path, Diagnostics& found);

}  // namespace penstock::changelog
