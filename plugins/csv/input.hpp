// A file, a pipe or standard input, read without ever waiting.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace csv {

/// Errors are std::runtime_error with path and reason.
class Input {
 public:
  /// `-` is standard input. A FIFO opens also when nobody writes to it yet.
  explicit Input(const std::string& path);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  /// Bytes read, 0 at the end; nothing if there are none just now: wait for descriptor().
  std::optional<std::size_t> read(std::span<char> room);
  /// Bytes of a regular file, for which read() never has to wait; 0 of all else.
  std::uint64_t size() const { return size_; }
  int descriptor() const { return descriptor_; }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  int descriptor_;
  bool own_;
  std::uint64_t size_ = 0;
};

}  // namespace csv
