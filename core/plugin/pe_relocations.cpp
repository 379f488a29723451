#include "plugin/pe_relocations.hpp"

#include <cstring>
#include <limits>
#include <utility>

namespace penstock::plugin {

PeRelocations::PeRelocations(PeFile& file, std::vector<AddressRange> tables) : file_(file), tables_(std::move(tables)) {
  if (tables_.empty() || file.is_fixed()) return;
  const pe::Directory place = file.directory(pe::directory_relocations);
  const std::vector<std::byte> raw = file.bytes(place.address, place.size);
  pe::RelocationBlock block{};
  for (std::size_t at = 0; raw.size() - at >= sizeof block; at += block.size) {
    std::memcpy(&block, raw.data() + at, sizeof block);
    if (block.size < sizeof block || block.size > raw.size() - at) {
      file.malformed("blocks of relocations within their table", "one of " + std::to_string(block.size) + " bytes",
                     place.address + at);
      return;
    }
    for (std::size_t next = sizeof block; next + sizeof(std::uint16_t) <= block.size; next += sizeof(std::uint16_t)) {
      std::uint16_t entry = 0;
      std::memcpy(&entry, raw.data() + at + next, sizeof entry);
      const std::uint64_t address = std::uint64_t{block.page} + (entry & 0xfffU);
      if (entry >> 12U == pe::relocation_64 && tables_.contains(address)) places_.insert(address);
    }
  }
}

Pointer PeRelocations::pointer_at(std::uint64_t address) {
  const std::uint64_t value = file_.value<std::uint64_t>(address).value_or(0);
  if (value == 0) return {};
  const bool is_relocated = file_.is_fixed() || places_.contains(address);
  const std::uint64_t inside = value - file_.base();
  if (!is_relocated || value < file_.base() || inside > std::numeric_limits<std::uint32_t>::max())
    return {.kind = Pointer::Kind::elsewhere};
  return {.kind = Pointer::Kind::here, .address = inside};
}

}  // namespace penstock::plugin
