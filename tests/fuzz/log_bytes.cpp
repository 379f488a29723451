#include "log_bytes.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "changelog/ring_file.hpp"

namespace penstock::fuzz {

using changelog::BlockHeader;
using changelog::BlockKind;

std::vector<std::string> mend(std::string_view bytes, const Mending& mending) {
  std::vector<std::string> segments(1);
  changelog::Digest previous{};
  std::uint64_t number = 0, sequence = 1;
  while (!bytes.empty()) {
    BlockHeader header;
    if (bytes.size() >= sizeof header) std::memcpy(&header, bytes.data(), sizeof header);
    if (bytes.size() < sizeof header || header.magic != changelog::block_magic) {
      const std::string_view stray = bytes.substr(0, 8);
      segments.back() += stray;
      bytes.remove_prefix(stray.size());
      continue;
    }
    bytes.remove_prefix(sizeof header);
    std::string_view payload = bytes.substr(0, header.payload_size);
    bytes.remove_prefix(payload.size());
    if (mending.seals) payload = payload.substr(0, payload.size() / 8 * 8);

    if (header.kind == BlockKind::segment && !segments.back().empty()) segments.emplace_back();
    if (mending.links) header.previous = previous;
    if (mending.numbers) {
      header.number = number;
      header.first_sequence = sequence;
    }
    const auto whole = std::as_bytes(std::span(payload));
    if (mending.seals) seal(header, whole);
    number = header.number + 1;
    sequence = header.first_sequence + header.count;
    previous = changelog::link(std::as_bytes(std::span(&header, 1)), whole);
    segments.back().append(bytes_of(header)).append(payload);
  }
  return segments;
}

std::string block(BlockHeader header, const changelog::Bytes& payload, const std::vector<changelog::RingRange>& rings) {
  header.ring_count = static_cast<std::uint16_t>(rings.size());
  std::string ranges;
  for (const changelog::RingRange& range : rings) ranges += bytes_of(range);
  header.payload_size = static_cast<std::uint32_t>(ranges.size() + payload.size());
  std::string written(bytes_of(header));
  written += ranges;
  return written.append(reinterpret_cast<const char*>(payload.data()), payload.size());
}

std::string ring_file(const RingFields& fields, std::string_view entries) {
  changelog::RingHeader header{};
  header.magic = fields.magic;
  header.version = fields.version;
  header.reserved = fields.reserved;
  header.ring = fields.ring;
  header.capacity = fields.capacity;
  header.head = fields.head;
  header.tail = fields.tail;
  header.waits = fields.waits;
  header.lost = fields.lost;
  header.anchor_0 = fields.anchor_0;
  header.anchor_1 = fields.anchor_1;
  header.anchor = static_cast<std::uint32_t>(fields.anchor);
  return std::string(bytes_of(header)).append(entries);
}

}  // namespace penstock::fuzz
