#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "changelog/hash_chain.hpp"

namespace penstock::changelog {

/** What a block holds. FORMAT.md describes the payload of each. */
enum class BlockKind : std::uint8_t { segment = 1, definitions = 2, changes = 3, texts = 4, close = 5 };

/** How the rows of a block are written. 0: plain. */
inline constexpr std::uint8_t codec_plain = 0;

inline constexpr std::uint32_t block_magic = 0x4B4C4250;  // "PBLK"
inline constexpr std::uint16_t format_version = 1;
inline constexpr std::uint16_t flag_recovered = 1;  ///< written by a later run from the rings of a killed one

inline constexpr std::uint32_t clock_error_unknown = 0xFFFF'FFFF;

/** A reader refuses a larger payload: what a damaged header claims is never allocated. */
inline constexpr std::uint32_t max_payload = 16u << 20;

/** The head of every block. Little-endian; a segment is nothing but blocks, one directly after the other.
 *
 *  offset  size  field
 *       0     4  magic             "PBLK"
 *       4     2  version           of this format: 1
 *       6     1  kind              BlockKind
 *       7     1  codec             of the rows: 0
 *       8     2  flags             bit 0: recovered
 *      10     2  ring_count        ring ranges at the beginning of the payload
 *      12     4  payload_size      bytes after this head, a multiple of 8
 *      16     8  number            of the block, from 0 over the whole log, no gaps
 *      24     8  first_sequence    number of the first change; of the next one, when there is none
 *      32     4  count             changes in the block
 *      36     4  run               number of the run, from 1
 *      40     8  first_time_ns     earliest time in the block, UTC
 *      48     8  last_time_ns      latest time in the block, UTC
 *      56     4  clock_error_ns    the times, and by them the order of two threads, are exact up to this; 2^32-1: not known
 *      60     4  reserved          0
 *      64    32  previous          SHA-256 of the whole block before (head and payload); of block 0: zeros
 *      96     8  reserved          0
 *     104     8  payload_checksum  XXH3-64 of the payload
 *     112     8  reserved          0
 *     120     8  header_checksum   XXH3-64 of bytes 0 to 119
 */
struct BlockHeader {
  std::uint32_t magic = block_magic;
  std::uint16_t version = format_version;
  BlockKind kind = BlockKind::changes;
  std::uint8_t codec = codec_plain;
  std::uint16_t flags = 0;
  std::uint16_t ring_count = 0;
  std::uint32_t payload_size = 0;
  std::uint64_t number = 0;
  std::uint64_t first_sequence = 1;
  std::uint32_t count = 0;
  std::uint32_t run = 0;
  std::int64_t first_time_ns = 0;
  std::int64_t last_time_ns = 0;
  std::uint32_t clock_error_ns = 0;
  std::uint32_t reserved_60 = 0;
  Digest previous = {};
  std::uint64_t reserved_96 = 0;
  std::uint64_t payload_checksum = 0;
  std::uint64_t reserved_112 = 0;
  std::uint64_t header_checksum = 0;
};

static_assert(sizeof(BlockHeader) == 128 && std::is_trivially_copyable_v<BlockHeader>);
static_assert(offsetof(BlockHeader, version) == 4 && offsetof(BlockHeader, kind) == 6 &&
              offsetof(BlockHeader, codec) == 7);
static_assert(offsetof(BlockHeader, flags) == 8 && offsetof(BlockHeader, ring_count) == 10);
static_assert(offsetof(BlockHeader, payload_size) == 12 && offsetof(BlockHeader, number) == 16);
static_assert(offsetof(BlockHeader, first_sequence) == 24 && offsetof(BlockHeader, count) == 32);
static_assert(offsetof(BlockHeader, run) == 36 && offsetof(BlockHeader, first_time_ns) == 40);
static_assert(offsetof(BlockHeader, last_time_ns) == 48 && offsetof(BlockHeader, clock_error_ns) == 56);
static_assert(offsetof(BlockHeader, previous) == 64 && offsetof(BlockHeader, payload_checksum) == 104);
static_assert(offsetof(BlockHeader, header_checksum) == 120);

/** Which entries of a ring are in the log up to here; a table of these begins the payload of a block with rows from rings,
 *  and of the first block of a segment.
 *
 *  offset  size  field
 *       0     8  ring   number of the ring: run << 16 | index in the run
 *       8     8  first  sequence in the ring of the first entry in this block
 *      16     8  end    sequence after the last one; first = end: none in this block
 */
struct RingRange {
  std::uint64_t ring = 0;
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};

static_assert(sizeof(RingRange) == 24 && std::is_trivially_copyable_v<RingRange>);

/** Completes the two checksums of `header` for this payload. */
void seal(BlockHeader& header, std::span<const std::byte> payload) noexcept;

/** Magic, checksum and bounds of the head are right; nothing is said about the payload. */
[[nodiscard]] bool is_sound(const BlockHeader& header) noexcept;

[[nodiscard]] bool matches(const BlockHeader& header, std::span<const std::byte> payload) noexcept;

}  // namespace penstock::changelog
