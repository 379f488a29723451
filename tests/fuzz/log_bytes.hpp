#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "changelog/block.hpp"
#include "changelog/clock.hpp"
#include "changelog/entry.hpp"
#include "changelog/payload.hpp"

namespace penstock::fuzz {

/** What is put right in blocks, so that what else was changed in them reaches what lies behind the check of it. */
struct Mending {
  bool seals = true;    ///< sizes and checksums
  bool links = true;    ///< the digest of the block before
  bool numbers = true;  ///< of the blocks and their changes
};

/** The bytes as the segments of a log: one begins with each block of that kind. Bytes that begin no block stay as they are. */
[[nodiscard]] std::vector<std::string> mend(std::string_view bytes, const Mending& mending);

/** A block as it is written, not yet mended. */
[[nodiscard]] std::string block(changelog::BlockHeader header, const changelog::Bytes& payload,
                                const std::vector<changelog::RingRange>& rings = {});

/** The fields of a ring's header without the room between them, for a fuzzer to change. */
struct RingFields {
  std::uint32_t magic;
  std::uint16_t version, reserved;
  std::uint64_t ring, capacity, head, tail, waits, lost;
  changelog::TickAnchor anchor_0, anchor_1;
  std::uint64_t anchor;
};
static_assert(sizeof(RingFields) == 112);

/** A ring file with these fields and with the bytes of `entries` in its first slots. */
[[nodiscard]] std::string ring_file(const RingFields& fields, std::string_view entries);

template <class T>
[[nodiscard]] std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

}  // namespace penstock::fuzz
