#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace penstock::plugin {

/** Bytes that an image reader may ask for in any order: a file, or memory in tests and fuzzers. */
class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;

  /** Fills all of `into` from `offset` on. False if that is not possible (a file that shrank, a failing disk); `into` is
   *  then unspecified. */
  [[nodiscard]] virtual bool read(std::uint64_t offset, std::span<std::byte> into) const = 0;
};

/** Borrowed memory. */
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t size() const noexcept override { return bytes_.size(); }
  [[nodiscard]] bool read(std::uint64_t offset, std::span<std::byte> into) const override {
    if (offset > bytes_.size() || into.size() > bytes_.size() - offset) return false;
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
    return true;
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace penstock::plugin
