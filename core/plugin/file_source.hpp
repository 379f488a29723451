#pragma once

#include <filesystem>
#include <memory>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"
#include "plugin/file_identity.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** A regular file, read piece by piece. Never mapped: touching a mapping of a file that shrinks kills the process. */
class FileSource final : public ByteSource {
 public:
  /** Does not wait for the other end of a FIFO or device. Nothing, and why in `found`, for what is no readable regular
   *  file. */
  [[nodiscard]] static std::unique_ptr<FileSource> open(const std::filesystem::path& path, Diagnostics& found);
  ~FileSource() override;

  [[nodiscard]] std::uint64_t size() const noexcept override { return identity_.size; }
  [[nodiscard]] const FileIdentity& identity() const noexcept { return identity_; }  ///< when it was opened
  [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) const override;

 private:
  explicit FileSource(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  FileIdentity identity_;
};

}  // namespace penstock::plugin
