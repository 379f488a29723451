#pragma once

#include <filesystem>
#include <memory>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** A regular file, read with `pread`. Never mapped: touching a mapping of a file that shrinks kills the process. */
class FileSource final : public ByteSource {
 public:
  /** Does not wait for the other end of a FIFO or device. Nothing, and why in `found`, for what is no readable regular
   *  file. */
  [[nodiscard]] static std::unique_ptr<FileSource> open(const std::filesystem::path& path, Diagnostics& found);
  ~FileSource() override;

  [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
  [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) const override;

 private:
  FileSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  int descriptor_;
  std::uint64_t size_;
};

}  // namespace penstock::plugin
