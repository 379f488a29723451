#pragma once

#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"
#include "plugin/elf_format.hpp"

namespace penstock::plugin {

using diagnostic::Code;
using diagnostic::Comparison;
using diagnostic::Diagnostics;

/** What PT_DYNAMIC says: addresses as the loader will see them, 0 where there is none. */
struct ElfDynamic {
  std::uint64_t strings = 0, strings_size = 0, symbols = 0, hash = 0, gnu_hash = 0, versions = 0;
  std::uint64_t rela = 0, rela_size = 0, rel = 0, rel_size = 0, relr = 0, relr_size = 0;
  std::uint64_t jump = 0, jump_size = 0;  ///< relocations of the calls to other libraries
  std::uint64_t needed_versions = 0, needed_count = 0, defined_versions = 0, defined_count = 0;
  std::uint64_t run_path = 0, rpath = 0, soname = 0;  ///< offsets into the strings
  std::vector<std::uint64_t> needed = {};             ///< the same
};

/** An ELF library as the loader would lay it out, read through its program headers (section headers may be stripped, and
 *  may lie). Every read is checked against the segments and the file. The first thing that is wrong is reported; from then
 *  on `faulty()` holds and reads give nothing, so a reader may look once, at its end. */
class ElfFile {
 public:
  /** Checks that it is a whole library for this machine, and finds its segments. */
  ElfFile(const ByteSource& source, const std::string& file, Diagnostics& found);

  [[nodiscard]] bool faulty() const noexcept { return faulty_; }
  [[nodiscard]] const ElfDynamic& dynamic() const noexcept { return dynamic_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return source_.size(); }
  [[nodiscard]] bool wants_executable_stack() const noexcept { return executable_stack_; }

  /** `size` bytes at `address`. What lies behind a segment's bytes in the file, and in memory still, is zero. */
  [[nodiscard]] std::vector<std::byte> bytes(std::uint64_t address, std::uint64_t size);

  /** How many bytes the file has from `address` to the end of its segment; 0 if there is no such address. */
  [[nodiscard]] std::uint64_t available(std::uint64_t address) const noexcept;

  template <class T>
  [[nodiscard]] std::vector<T> array(std::uint64_t address, std::uint64_t count) {
    if (count > size() / sizeof(T)) {
      malformed("a table within the file", std::to_string(count) + " entries", address);
      return {};
    }
    const std::vector<std::byte> raw = bytes(address, count * sizeof(T));
    std::vector<T> values(raw.size() / sizeof(T));
    if (!raw.empty()) std::memcpy(values.data(), raw.data(), values.size() * sizeof(T));
    return values;
  }

  /** The text at `address` up to its NUL, at most `limit` bytes; nothing if there is no such text. No fault: what it means
   *  is the caller's business. */
  [[nodiscard]] std::optional<std::string> text(std::uint64_t address, std::size_t limit);

  /** Reports PS0108 with the byte of the file that `address` stands for. */
  void malformed(std::string expected, std::string found, std::uint64_t address);

 private:
  bool read_header(elf::FileHeader& header);
  bool read_segments(const elf::FileHeader& header);
  void read_dynamic();
  void fail(Code code, const std::string& what, Comparison comparison, std::optional<std::uint64_t> offset = {},
            std::string help = {});
  void truncated(std::uint64_t expected);
  [[nodiscard]] const elf::ProgramHeader* segment_of(std::uint64_t address) const noexcept;

  const ByteSource& source_;
  const std::string& file_;
  Diagnostics& found_;
  std::vector<elf::ProgramHeader> segments_;
  std::optional<elf::ProgramHeader> dynamic_segment_;
  ElfDynamic dynamic_;
  bool executable_stack_ = false;
  bool faulty_ = false;
};

}  // namespace penstock::plugin
