#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugin/elf_format.hpp"
#include "plugin/image_file.hpp"

namespace penstock::plugin {

/** What PT_DYNAMIC says: addresses as the loader will see them, 0 where there is none. */
struct ElfDynamic {
  std::uint64_t strings = 0, strings_size = 0, symbols = 0, hash = 0, gnu_hash = 0, versions = 0;
  std::uint64_t rela = 0, rela_size = 0, rel = 0, rel_size = 0, relr = 0, relr_size = 0;
  std::uint64_t jump = 0, jump_size = 0;  ///< relocations of the calls to other libraries
  std::uint64_t needed_versions = 0, needed_count = 0, defined_versions = 0, defined_count = 0;
  std::uint64_t flags = 0, flags_1 = 0;
  bool text_relocations = false;                      ///< said by a tag of its own, or by `flags`
  std::uint64_t soname = 0, run_path = 0, rpath = 0;  ///< offsets into the strings
  std::vector<std::uint64_t> needed = {};             ///< the same
};

/** An ELF library, read through its program headers: section headers may be stripped, and may lie. */
class ElfFile final : public ImageFile {
 public:
  /** Checks that it is a whole library for this machine, and finds its segments. */
  ElfFile(const ByteSource& source, const std::string& file, Diagnostics& found);

  [[nodiscard]] const ElfDynamic& dynamic() const noexcept { return dynamic_; }
  [[nodiscard]] bool wants_executable_stack() const noexcept { return executable_stack_; }
  /** What is said of its section headers, if that is not within the file or not of their size; the loader needs none. */
  [[nodiscard]] const std::string& lost_sections() const noexcept { return lost_sections_; }

 private:
  bool read_header(elf::FileHeader& header);
  bool read_segments(const elf::FileHeader& header);
  bool accept(const elf::ProgramHeader& segment);
  void refuse_kind(std::string kind);
  void look_for_sections(const elf::FileHeader& header);
  void read_dynamic();

  std::optional<elf::ProgramHeader> dynamic_segment_;
  ElfDynamic dynamic_;
  bool executable_stack_ = false;
  std::string lost_sections_;
};

}  // namespace penstock::plugin
