#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"
#include "plugin/file_identity.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** A regular file, read piece by piece: what a loader needs of a library stands in three places, so the blocks that were read
 *  last are kept. Never mapped: touching a mapping of a file that shrinks kills the process. One thread at a time. */
class FileSource final : public ByteSource {
 public:
  /** Does not wait for the other end of a FIFO or device. Nothing, and why in `found`, for what is no readable regular
   *  file. */
  [[nodiscard]] static std::unique_ptr<FileSource> open(const std::filesystem::path& path, Diagnostics& found);
  /** The same for who has other words for it: nothing, and why in `reason`, an `errno`; 0 for what is no regular file. */
  [[nodiscard]] static std::unique_ptr<FileSource> open(const std::filesystem::path& path, int& reason);
  ~FileSource() override;

  [[nodiscard]] std::uint64_t size() const noexcept override { return identity_.size; }
  [[nodiscard]] const FileIdentity& identity() const noexcept { return identity_; }  ///< when it was opened
  [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) const override;

 private:
  struct Block {
    std::uint64_t number = none;
    std::array<std::byte, 4 * 1024> bytes;  ///< fewer at the end of the file
  };
  static constexpr std::uint64_t none = ~std::uint64_t{};

  explicit FileSource(int descriptor) : descriptor_(descriptor) {}
  [[nodiscard]] const Block* block(std::uint64_t number) const;

  int descriptor_;
  FileIdentity identity_;
  mutable std::array<Block, 8> blocks_;
  mutable std::size_t oldest_ = 0;
};

/** This process, or the whole system, has no descriptor or memory left for a file, which may well be there. */
[[nodiscard]] bool is_want_of_means(int reason) noexcept;

}  // namespace penstock::plugin
