#pragma once

#include <array>
#include <optional>
#include <string>

#include "plugin/image_file.hpp"
#include "plugin/pe_format.hpp"

namespace penstock::plugin {

/** A library for Windows, read through its sections. Addresses are relative to the base of the image, as in the file. */
class PeFile final : public ImageFile {
 public:
  /** Checks that it is a whole DLL for the machine of this host, and finds its sections. */
  PeFile(const ByteSource& source, const std::string& file, Diagnostics& found);

  /** Where the table of that kind is; of size 0 if the library has none. */
  [[nodiscard]] pe::Directory directory(pe::DirectoryIndex index) const noexcept { return directories_[index]; }
  /** What a pointer in the file takes as the address of the image. */
  [[nodiscard]] std::uint64_t base() const noexcept { return base_; }
  /** Only to be loaded at `base()`: the places of its pointers were thrown away. */
  [[nodiscard]] bool is_fixed() const noexcept { return is_fixed_; }

 private:
  /** The number of sections, and where their headers are. */
  struct SectionTable {
    std::uint64_t offset = 0;
    std::uint16_t count = 0;
  };

  [[nodiscard]] std::optional<std::uint64_t> find_header();
  [[nodiscard]] std::optional<SectionTable> read_header(std::uint64_t offset);
  [[nodiscard]] bool accept(const pe::FileHeader& header);
  void read_sections(const SectionTable& table);
  template <class T>
  [[nodiscard]] std::optional<T> at(std::uint64_t offset);

  std::array<pe::Directory, pe::most_directories> directories_{};
  std::uint64_t base_ = 0;
  bool is_fixed_ = false;
};

}  // namespace penstock::plugin
