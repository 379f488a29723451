#include "plugin/elf_relocations.hpp"

#include <utility>

namespace penstock::plugin {

ElfRelocations::ElfRelocations(ElfFile& file, const ElfSymbols& symbols, std::vector<AddressRange> tables)
    : file_(file), symbols_(symbols), tables_(std::move(tables)) {
  if (tables_.empty()) return;
  read_rela();
  read_rel();
  read_relr();
}

std::uint64_t ElfRelocations::in_place(std::uint64_t address) {
  return file_.value<std::uint64_t>(address).value_or(0);
}

/** Without an addend of its own, an entry adds to what stands at the address. */
void ElfRelocations::keep(std::uint64_t address, std::uint64_t info, std::optional<std::uint64_t> addend) {
  if (!tables_.contains(address)) return;
  const auto type = static_cast<std::uint32_t>(info & 0xffffffffU);
  const std::uint64_t symbol = info >> 32U;
  const std::uint64_t offset = addend ? *addend : in_place(address);
  if (type == elf::host_machine.relative) {
    pointers_[address] = {Pointer::Kind::here, offset};
    return;
  }
  const bool by_symbol = type == elf::host_machine.absolute || type == elf::host_machine.symbol;
  if (!by_symbol || symbol == 0 || symbol >= symbols_.all().size()) {
    pointers_[address] = {Pointer::Kind::elsewhere, 0};
  } else if (symbols_.all()[symbol].section == elf::section_undefined) {
    pointers_[address] = {Pointer::Kind::undefined, symbol};
  } else if (symbols_.all()[symbol].section == elf::section_absolute) {
    // It stays as it is, wherever the library lies.
    const bool is_null = symbols_.all()[symbol].value + offset == 0;
    pointers_[address] = {is_null ? Pointer::Kind::null : Pointer::Kind::elsewhere, 0};
  } else {
    pointers_[address] = {Pointer::Kind::here, symbols_.all()[symbol].value + offset};
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
  constexpr std::uint64_t word = sizeof(std::uint64_t), span = 63 * word;
  std::uint64_t next = 0;
  for (const std::uint64_t entry : file_.array<std::uint64_t>(dynamic.relr, dynamic.relr_size / word)) {
    if ((entry & 1U) == 0) {
      keep(entry, elf::host_machine.relative, std::nullopt);
      next = entry + word;
      continue;
    }
    const std::uint64_t bits = tables_.overlaps({next, span}) ? entry : 0;
    for (std::uint64_t bit = 1; bit < 64 && bits != 0; ++bit)
      if ((bits >> bit & 1U) != 0) keep(next + (bit - 1) * word, elf::host_machine.relative, std::nullopt);
    next += span;
  }
}

Pointer ElfRelocations::pointer_at(std::uint64_t address) {
  if (const auto relocated = pointers_.find(address); relocated != pointers_.end()) {
    Pointer pointer = relocated->second;
    if (pointer.kind == Pointer::Kind::undefined) {
      const elf::Symbol& symbol = symbols_.all()[pointer.address];
      pointer.symbol = symbols_.name(symbol);
      pointer.is_weak = symbol.binding() == elf::binding_weak;
    }
    return pointer;
  }
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
