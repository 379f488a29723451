// A file of lines in pieces of whole lines, that any thread can read by their numbers.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "scan.hpp"

namespace penstock::bench {

class Pieces {
 public:
  static constexpr std::size_t longest_line = 4096;
  /** A piece stays in the second cache: reading a file so costs less than mapping it (2.6 against 4.6 ns a line). */
  static constexpr std::size_t piece_bytes = std::size_t{256} << 10;
  using Buffer = std::vector<char>;

  explicit Pieces(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (file_ < 0 || fstat(file_, &status) != 0) throw std::runtime_error(path + " cannot be read");
    bytes_ = static_cast<std::size_t>(status.st_size);
  }
  ~Pieces() { ::close(file_); }
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  [[nodiscard]] std::size_t count() const { return (bytes_ + piece_bytes - 1) / piece_bytes; }

  /** For read(). */
  [[nodiscard]] static Buffer buffer() { return Buffer(1 + piece_bytes + longest_line + margin); }

  /** The lines that begin in piece `number`, in `buffer`; without the first line of the file, its header. */
  [[nodiscard]] std::string_view read(std::size_t number, Buffer& buffer) const {
    // From the byte before the piece: when that is the end of a line, the piece begins with a line of its own.
    const std::size_t first = number * piece_bytes - (number > 0);
    std::size_t size = 0;
    for (ssize_t got = 1; got > 0 && size < buffer.size() - margin; size += static_cast<std::size_t>(got)) {
      got = pread(file_, buffer.data() + size, buffer.size() - margin - size, static_cast<off_t>(first + size));
      if (got < 0) throw std::runtime_error("the input cannot be read");
    }
    const std::string_view text(buffer.data(), size);
    const std::size_t begin = text.find('\n') + 1;
    const std::size_t piece_end = std::min((number + 1) * piece_bytes, bytes_) - first;
    const std::size_t end = text.find('\n', piece_end - 1) + 1;
    return begin < end ? text.substr(begin, end - begin) : std::string_view{};
  }

 private:
  int file_;
  std::size_t bytes_ = 0;
};

}  // namespace penstock::bench
