// Times as text, mostly within the minute of the one before.
#pragma once
#include <penstock/text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "digits.hpp"

namespace csv {

class TimeText {
 public:
  /// Bytes that write() may touch from `out` on.
  static constexpr std::size_t room = 48;

  /// The text that penstock::TextBuffer::time() gives. Returns its end.
  char* write(char* out, std::int64_t ns) {
    const std::int64_t second = floor_of(ns, 1'000'000'000), minute = floor_of(second, 60);
    // What lies behind the second, by wrapping numbers: the first second of all begins before there are nanoseconds.
    const auto fraction =
        static_cast<std::uint32_t>(static_cast<std::uint64_t>(ns) - static_cast<std::uint64_t>(second) * 1'000'000'000);
    if (minute != minute_) begin(minute, ns);
    std::memcpy(out, begin_.data(), begin_.size());
    out = put_two(out + length, static_cast<unsigned>(second - minute * 60));
    if (fraction != 0) {
      *out++ = '.';
      if (fraction % 1'000'000 == 0) {
        out = write_digits(out, fraction / 1'000'000, 3);
      } else if (fraction % 1000 == 0) {
        out = write_digits(out, fraction / 1000, 6);
      } else {
        out = write_digits(out, fraction / 1000, 6);
        out = write_digits(out, fraction % 1000, 3);
      }
    }
    *out++ = 'Z';
    return out;
  }

 private:
  static constexpr std::size_t length = std::string_view("2024-02-29T12:00:").size();

  static std::int64_t floor_of(std::int64_t value, std::int64_t unit) { return value / unit - (value % unit < 0); }

  static char* put_two(char* out, unsigned value) {
    out[0] = static_cast<char>('0' + value / 10);
    out[1] = static_cast<char>('0' + value % 10);
    return out + 2;
  }

  void begin(std::int64_t minute, std::int64_t ns) {
    minute_ = minute;
    penstock::TextBuffer buffer;
    std::memcpy(begin_.data(), buffer.time({ns}).data(), length);
  }

  std::int64_t minute_ = INT64_MIN;  // no time has this one
  std::array<char, 24> begin_{};     // of its text, up to the seconds; of a size that is copied in three words
};

}  // namespace csv
