#include "plugin/elf_relocations.hpp"

#include <algorithm>

namespace penstock::plugin {

ElfRelocations::ElfRelocations(ElfFile& file, std::span<const elf::Symbol> symbols, std::vector<AddressRange> ranges)
    : file_(file), symbols_(symbols) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  for (const AddressRange& range : ranges) {
    if (!ranges_.empty() && range.begin - ranges_.back().begin <= ranges_.back().size) {
      AddressRange& last = ranges_.back();
      last.size = std::max(last.size, range.begin - last.begin + range.size);
    } else {
      ranges_.push_back(range);
    }
  }
  if (ranges_.empty()) return;
  read_rela();
  read_rel();
  read_relr();
}

bool ElfRelocations::of_interest(std::uint64_t address) const noexcept {
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), address,
                       [](std::uint64_t value, const AddressRange& range) { return value < range.begin; });
  return after != ranges_.begin() && address - std::prev(after)->begin < std::prev(after)->size;
}

std::uint64_t ElfRelocations::in_place(std::uint64_t address) {
  const auto value = file_.array<std::uint64_t>(address, 1);
  return value.empty() ? 0 : value.front();
}

/** Without an addend of its own, an entry adds to what stands at the address. */
void ElfRelocations::keep(std::uint64_t address, std::uint64_t info, std::optional<std::uint64_t> addend) {
  if (!of_interest(address)) return;
  const auto type = static_cast<std::uint32_t>(info & 0xffffffffU);
  const std::uint64_t symbol = info >> 32U;
  const std::uint64_t offset = addend ? *addend : in_place(address);
  if (type == elf::host_machine.relative) {
    pointers_[address] = {Pointer::Kind::here, offset};
    return;
  }
  const bool by_symbol = type == elf::host_machine.absolute || type == elf::host_machine.symbol;
  if (!by_symbol || symbol == 0 || symbol >= symbols_.size()) {
    pointers_[address] = {Pointer::Kind::elsewhere, 0};
  } else if (symbols_[symbol].section == elf::section_undefined) {
    pointers_[address] = {Pointer::Kind::undefined, symbol};
  } else {
    pointers_[address] = {Pointer::Kind::here, symbols_[symbol].value + offset};
  }
}

void ElfRelocations::read_rela() {
  const ElfDynamic& dynamic = file_.dynamic();
  if (dynamic.rela == 0) return;
  for (const elf::Rela& entry : file_.array<elf::Rela>(dynamic.rela, dynamic.rela_size / sizeof(elf::Rela)))
    keep(entry.offset, entry.info, static_cast<std::uint64_t>(entry.addend));
}

void ElfRelocations::read_rel() {
  const ElfDynamic& dynamic = file_.dynamic();
  if (dynamic.rel == 0) return;
  for (const elf::Rel& entry : file_.array<elf::Rel>(dynamic.rel, dynamic.rel_size / sizeof(elf::Rel)))
    keep(entry.offset, entry.info, std::nullopt);
}

/** An even entry is an address to relocate; an odd one is a bitmap of the 63 words behind the last. */
void ElfRelocations::read_relr() {
  const ElfDynamic& dynamic = file_.dynamic();
  if (dynamic.relr == 0) return;
  constexpr std::uint64_t word = sizeof(std::uint64_t);
  std::uint64_t next = 0;
  for (const std::uint64_t entry : file_.array<std::uint64_t>(dynamic.relr, dynamic.relr_size / word)) {
    if ((entry & 1U) == 0) {
      keep(entry, elf::host_machine.relative, std::nullopt);
      next = entry + word;
      continue;
    }
    for (std::uint64_t bit = 1; bit < 64; ++bit)
      if ((entry >> bit & 1U) != 0) keep(next + (bit - 1) * word, elf::host_machine.relative, std::nullopt);
    next += 63 * word;
  }
}

Pointer ElfRelocations::pointer_at(std::uint64_t address) {
  if (const auto relocated = pointers_.find(address); relocated != pointers_.end()) return relocated->second;
  return {in_place(address) == 0 ? Pointer::Kind::null : Pointer::Kind::elsewhere, 0};
}

std::vector<bool> relocated_symbols(ElfFile& file, std::size_t count) {
  std::vector<bool> used(count);
  const ElfDynamic& dynamic = file.dynamic();
  const auto mark = [&]<class Entry>(std::uint64_t table, std::uint64_t size, Entry) {
    if (table == 0) return;
    for (const Entry& entry : file.array<Entry>(table, size / sizeof(Entry)))
      if (entry.info >> 32U < count) used[entry.info >> 32U] = true;
  };
  mark(dynamic.rela, dynamic.rela_size, elf::Rela{});
  mark(dynamic.rel, dynamic.rel_size, elf::Rel{});
  mark(dynamic.jump, dynamic.jump_size, elf::Rela{});
  return used;
}

}  // namespace penstock::plugin
