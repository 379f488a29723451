#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "plugin/elf_file.hpp"
#include "plugin/elf_symbols.hpp"
#include "plugin/relocations.hpp"

namespace penstock::plugin {

/** The relocated pointers within some tables, read from RELA (the addend in the entry), REL and RELR (the addend in
 *  place). The tables of relocations are walked once; only what falls into a range is kept. */
class ElfRelocations final : public Relocations {
 public:
  ElfRelocations(ElfFile& file, const ElfSymbols& symbols, std::vector<AddressRange> tables);

  [[nodiscard]] Pointer pointer_at(std::uint64_t address) override;

 private:
  void read_rela();
  void read_rel();
  void read_relr();
  void keep(std::uint64_t address, std::uint64_t info, std::optional<std::uint64_t> addend);
  [[nodiscard]] std::uint64_t in_place(std::uint64_t address);

  ElfFile& file_;
  const ElfSymbols& symbols_;
  AddressRanges tables_;
  std::map<std::uint64_t, Pointer> pointers_;  ///< the address of an undefined one is the number of its symbol
};

/** For each of `count` symbols, whether a relocation uses it. */
[[nodiscard]] std::vector<bool> relocated_symbols(ElfFile& file, std::size_t count);

}  // namespace penstock::plugin
