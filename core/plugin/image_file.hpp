#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"

namespace penstock::plugin {

using diagnostic::Code;
using diagnostic::Comparison;
using diagnostic::Diagnostics;

/** A piece of a library as the loader lays it out. */
struct Segment {
  std::uint64_t address = 0, memory_size = 0;
  std::uint64_t offset = 0, file_size = 0;  ///< what of it stands in the file; the rest is zero
  bool readable = true;                     ///< in memory: what stands there is read there, too
};

/** The most that is read at once. A file may be sparse and so hold, by its size, tables of any length; the largest libraries
 *  that people build have tables of half of this. */
inline constexpr std::uint64_t largest_table = std::uint64_t{128} << 20U;

/** A shared library as the loader would lay it out, whatever its format. Every read is checked against the segments, the file
 *  and `largest_table`. The first thing that is wrong is reported; from then on `faulty()` holds and reads give nothing, so a reader may
 *  look once, at its end. */
class ImageFile {
 public:
  ImageFile(const ImageFile&) = delete;
  ImageFile& operator=(const ImageFile&) = delete;

  [[nodiscard]] bool faulty() const noexcept { return faulty_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return source_.size(); }
  [[nodiscard]] const std::string& name() const noexcept { return file_; }

  /** `size` bytes at `address`. What lies behind a segment's bytes in the file, and in memory still, is zero. */
  [[nodiscard]] std::vector<std::byte> bytes(std::uint64_t address, std::uint64_t size);

  /** How many bytes the file has from `address` to the end of its segment; 0 if there is no such address. */
  [[nodiscard]] std::uint64_t available(std::uint64_t address) const noexcept;

  template <class T>
  [[nodiscard]] std::vector<T> array(std::uint64_t address, std::uint64_t count) {
    if (count > size() / sizeof(T)) {
      malformed("a table within the file", std::to_string(count) + " entries", address);
      return {};
    }
    const Segment* const segment = count == 0 ? nullptr : holder_of(address, count * sizeof(T));
    if (segment == nullptr) return {};
    std::vector<T> values(static_cast<std::size_t>(count));
    if (!fill(*segment, address, std::as_writable_bytes(std::span(values)))) values.clear();
    return values;
  }

  template <class T>
  [[nodiscard]] std::optional<T> value(std::uint64_t address) {
    const Segment* const segment = holder_of(address, sizeof(T));
    T value;
    if (segment == nullptr || !fill(*segment, address, std::as_writable_bytes(std::span(&value, 1))))
      return std::nullopt;
    return value;
  }

  /** The text at `address` up to its NUL, at most `limit` bytes; nothing if there is no such text. No fault: what it means
   *  is the caller's business. Reads a small multiple of the text's length. */
  [[nodiscard]] std::optional<std::string> text(std::uint64_t address, std::size_t limit);

  /** Reports PS0108 with the byte of the file that `address` stands for. */
  void malformed(std::string expected, std::string found, std::optional<std::uint64_t> address);

 protected:
  ImageFile(const ByteSource& source, const std::string& file, Diagnostics& found)
      : source_(source), file_(file), found_(found) {}
  ~ImageFile() = default;

  /** Reports the first fault; `what` follows the name of the library. */
  void fail(Code code, const std::string& what, Comparison comparison, std::optional<std::uint64_t> offset = {},
            std::string help = {});
  void truncated(std::uint64_t expected);
  /** Bytes of the file, wherever the loader puts them. */
  bool read(std::uint64_t offset, std::span<std::byte> into, const std::string& what);

  std::vector<Segment> segments_;

 private:
  [[nodiscard]] const Segment* segment_of(std::uint64_t address) const noexcept;
  /** The segment that has so many bytes there. Null, and a fault, if there is none, or they are more than may be read. */
  [[nodiscard]] const Segment* holder_of(std::uint64_t address, std::uint64_t count);
  /** Reads what `segment` has at `address`, and zeros behind what stands in the file. */
  [[nodiscard]] bool fill(const Segment& segment, std::uint64_t address, std::span<std::byte> into);

  const ByteSource& source_;
  const std::string& file_;
  Diagnostics& found_;
  bool faulty_ = false;
};

}  // namespace penstock::plugin
