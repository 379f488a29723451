#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plugin/elf_file.hpp"

namespace penstock::plugin {

/** The dynamic symbols of a library: those that the loader sees, so stripping cannot take them away. */
class ElfSymbols {
 public:
  explicit ElfSymbols(ElfFile& file);

  /** Names may share their ends, so that a file made to slow us down could have one long name under each of its symbols. */
  static constexpr std::size_t longest_string = 4095;

  [[nodiscard]] const std::vector<elf::Symbol>& all() const noexcept { return symbols_; }
  /** Text of the string table from `offset` to its NUL, at most `longest_string` bytes; empty if there is no such text. Valid while
   *  this lives. */
  [[nodiscard]] std::string_view string(std::uint64_t offset) const noexcept;
  [[nodiscard]] std::string_view name(const elf::Symbol& symbol) const noexcept { return string(symbol.name); }
  /** How many bytes are looked at for its name: those of a name that is longer than what is read, too. */
  [[nodiscard]] std::size_t cost(const elf::Symbol& symbol) const noexcept;
  /** Looks at no more than the prefix, so also at a name that is longer than what is read. */
  [[nodiscard]] bool begins_with(const elf::Symbol& symbol, std::string_view prefix) const noexcept;
  /** What version each symbol has, as far as the library has versions. */
  [[nodiscard]] const std::vector<std::uint16_t>& version_indexes() const noexcept { return versions_; }
  /** Bound to a version of the library that defines it (`GLIBC_2.34`). */
  [[nodiscard]] bool versioned(std::size_t index) const noexcept;

 private:
  [[nodiscard]] static std::uint64_t count(ElfFile& file);

  std::vector<char> strings_;
  std::vector<elf::Symbol> symbols_;
  std::vector<std::uint16_t> versions_;
};

/** Defined here and visible to others: at a place in the library, or as an absolute value. */
[[nodiscard]] bool is_exported(const elf::Symbol& symbol) noexcept;
/** Must be defined by another library. */
[[nodiscard]] bool is_needed(const elf::Symbol& symbol) noexcept;

}  // namespace penstock::plugin
