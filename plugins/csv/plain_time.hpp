// The times that nearly all fields hold: UTC, on the same day as the one before.
#pragma once
#include "digit_words.hpp"
#include "time.hpp"

#include <string>

namespace csv {

/// Reads `2024-03-01T12:00:00[.123456789]Z` as parse_time() does; false for all else, of which parse_time() knows more.
/// Remembers the day, which changes seldom, so that the calendar is seldom asked. [one thread at a time]
class PlainTime {
 public:
  /// Eight bytes behind the text are read, and not looked at.
  bool parse(const char* text, std::size_t size, std::int64_t& ns) {
    if (size - 20 > 10 || text[size - 1] != 'Z') return false;
    if (load8(text) != first_ || load8(text + 3) != last_) [[unlikely]]
      if (!learn(text)) return false;

    // HH:MM:SS
    const std::uint64_t clock = load8(text + 11) ^ 0x30303A30303A3030;
    const std::uint64_t pairs = clock * 10 + (clock >> 8);  // in bytes 0, 3 and 6
    const std::uint64_t hour = pairs & 0xFF, minute = pairs >> 24 & 0xFF, second = pairs >> 48 & 0xFF;
    if (!are_digits(clock) || (clock & 0x0000FF0000FF0000) != 0 || hour > 23 || minute > 59 || second > 59)
      return false;

    std::uint64_t fraction = 0;
    if (size > 20) {
      const std::size_t digits = size - 21;
      if (digits - 1 > 8 || text[19] != '.') return false;
      const std::size_t last = digits < 8 ? digits : 8;
      const std::uint64_t values = digit_values(load8(text + size - 9)) & ~std::uint64_t{0} << (64 - 8 * last);
      if (!are_digits(values)) return false;
      fraction = number_of(values) * power_of_10[9 - digits];
      if (digits == 9) {
        const auto tenths = static_cast<std::uint64_t>(static_cast<unsigned char>(text[20] ^ '0'));
        if (tenths > 9) return false;
        fraction += tenths * 100'000'000;
      }
    }
    ns = day_ + static_cast<std::int64_t>((hour * 3600 + minute * 60 + second) * 1'000'000'000 + fraction);
    return true;
  }

 private:
  // False: no day, or one that is not wholly inside the range of nanoseconds.
  [[gnu::noinline]] bool learn(const char* text) {
    const std::string start(text, 11);
    const auto day = parse_time(start + "00:00:00Z", nullptr);
    if (!day || !parse_time(start + "23:59:59.999999999Z", nullptr)) return false;
    first_ = load8(text);
    last_ = load8(text + 3);
    day_ = day.value;
    return true;
  }

  std::uint64_t first_ = 0, last_ = 0;  // bytes 0 to 7 and 3 to 10, up to the `T`
  std::int64_t day_ = 0;
};

}  // namespace csv
