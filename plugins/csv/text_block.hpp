// Text in the making.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace csv {

/// Bytes that whoever writes them ends by a pointer. Nothing in it is set to zero first.
class TextBlock {
 public:
  char* begin() { return bytes_.get(); }
  char* end() { return bytes_.get() + size_; }
  const char* limit() const { return bytes_.get() + capacity_; }
  std::size_t size() const { return size_; }
  std::string_view text() const { return {bytes_.get(), size_}; }

  /// What was written ends at `out`.
  void end_at(const char* out) { size_ = static_cast<std::size_t>(out - bytes_.get()); }
  void clear() { size_ = 0; }

  /// Room for so many bytes behind `out`, where what was written ends. Returns where that is now.
  char* make_room(const char* out, std::size_t bytes) {
    end_at(out);
    if (capacity_ - size_ < bytes) grow(size_ + bytes);
    return end();
  }

 private:
  void grow(std::size_t least) {
    const std::size_t capacity = std::max(least, capacity_ * 2);
    auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0, size_ = 0;
};

}  // namespace csv
