#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace penstock::changelog {

/** An open file, closed with its owner. Functions that fail say why in errno. */
class File {
 public:
  File() = default;
  explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File();

  /** Opens without waiting (a FIFO does not hang) and refuses what is not a regular file. */
  [[nodiscard]] static File open(const std::filesystem::path& path, int flags, mode_t mode = 0644) noexcept;

  [[nodiscard]] explicit operator bool() const noexcept { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

  /** Bytes; 0 also when they cannot be asked for. */
  [[nodiscard]] std::uint64_t size() const noexcept;

  /** Reads up to `into.size()` bytes and says how many, fewer only at the end of the file. Nothing: an error. */
  [[nodiscard]] std::optional<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) const noexcept;

  [[nodiscard]] bool write(std::uint64_t offset, std::span<const std::byte> bytes) noexcept;

  /** Makes sure that the blocks of `size` bytes from `offset` are there, so that a full disk is an error here and not a
   *  SIGBUS at a store into a mapping. */
  [[nodiscard]] bool reserve(std::uint64_t offset, std::uint64_t size) noexcept;

  [[nodiscard]] bool cut(std::uint64_t size) noexcept;

 private:
  int descriptor_ = -1;
};

/** `No space left on device (errno 28)`, of errno. */
[[nodiscard]] std::string system_error();

}  // namespace penstock::changelog
