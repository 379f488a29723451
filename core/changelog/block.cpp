#include "changelog/block.hpp"

#include <xxhash.h>

namespace penstock::changelog {
namespace {

std::uint64_t checksum(const BlockHeader& header) noexcept {
  return XXH3_64bits(&header, offsetof(BlockHeader, header_checksum));
}

}  // namespace

void seal(BlockHeader& header, std::span<const std::byte> payload) noexcept {
  header.payload_size = static_cast<std::uint32_t>(payload.size());
  header.payload_checksum = XXH3_64bits(payload.data(), payload.size());
  header.header_checksum = checksum(header);
}

bool is_sound(const BlockHeader& header) noexcept {
  return header.magic == block_magic && header.header_checksum == checksum(header) &&
         header.payload_size <= max_payload && header.payload_size % 8 == 0 &&
         header.ring_count * sizeof(RingRange) <= header.payload_size;
}

bool matches(const BlockHeader& header, std::span<const std::byte> payload) noexcept {
  return header.payload_size == payload.size() &&
         header.payload_checksum == XXH3_64bits(payload.data(), payload.size());
}

}  // namespace penstock::changelog
