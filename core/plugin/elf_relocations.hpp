#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "plugin/elf_file.hpp"

namespace penstock::plugin {

/** Addresses of a table whose pointers are of interest. */
struct AddressRange {
  std::uint64_t begin = 0, size = 0;
};

/** What a pointer will be once the loader has relocated the library. */
struct Pointer {
  enum class Kind : std::uint8_t { null, here, undefined, elsewhere };
  Kind kind = Kind::null;
  std::uint64_t address = 0;  ///< here: within this library; undefined: the number of the symbol
};

/** The relocated pointers within some tables, read from RELA (the addend in the entry), REL and RELR (the addend in
 *  place). The tables of relocations are walked once; only what falls into a range is kept. */
class ElfRelocations {
 public:
  ElfRelocations(ElfFile& file, std::span<const elf::Symbol> symbols, std::vector<AddressRange> ranges);

  [[nodiscard]] Pointer pointer_at(std::uint64_t address);

 private:
  void read_rela();
  void read_rel();
  void read_relr();
  void keep(std::uint64_t address, std::uint64_t info, std::optional<std::uint64_t> addend);
  [[nodiscard]] bool of_interest(std::uint64_t address) const noexcept;
  [[nodiscard]] std::uint64_t in_place(std::uint64_t address);

  ElfFile& file_;
  std::span<const elf::Symbol> symbols_;
  std::vector<AddressRange> ranges_;  ///< sorted by begin; where they overlap, merged
  std::map<std::uint64_t, Pointer> pointers_;
};

/** For each of `count` symbols, whether a relocation uses it. */
[[nodiscard]] std::vector<bool> relocated_symbols(ElfFile& file, std::size_t count);

}  // namespace penstock::plugin
