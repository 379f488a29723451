// The times that nearly all fields hold: UTC, in the same minute or on the same day as the one before.
#pragma once
#include "digit_words.hpp"
#include "plain_columns.hpp"
#include "time.hpp"

#include <string>

namespace csv {

/// Reads `2024-03-01T12:00:00[.123456789]Z` as parse_time() does; false for all else, of which parse_time() knows more.
/// Remembers the minute and the day, which change seldom, so that the calendar is seldom asked. [one thread at a time]
class PlainTime {
 public:
  /// Eight bytes behind the text are read, and not looked at.
  bool parse(const char* text, std::size_t size, std::int64_t& ns) {
    if (size - 20 > 10 || text[size - 1] != 'Z') return false;
    if (load8(text) != minute_.first || load8(text + 8) != minute_.last) [[unlikely]]
      if (!enter_minute(text)) return false;
    // `:SS`
    const std::uint64_t second = load8(text + 16) ^ 0x30303A;
    const std::uint64_t tens = second >> 8 & 0xFF, ones = second >> 16 & 0xFF;
    if ((second & 0xFF) != 0 || tens > 5 || ones > 9) return false;

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
    ns = minute_.ns + static_cast<std::int64_t>((tens * 10 + ones) * 1'000'000'000 + fraction);
    return true;
  }

  /// The minute that was read last.
  const MinuteWords& minute() const { return minute_; }

 private:
  // What stands before the seconds. False: no minute, or one of a day that is not wholly inside the range of nanoseconds.
  bool enter_minute(const char* text) {
    if (load8(text) != day_first_ || load8(text + 3) != day_last_) [[unlikely]]
      if (!enter_day(text)) return false;
    // `HH:MM`, of which `00:00` is all zeros
    const std::uint64_t clock = (load8(text + 11) ^ 0x30303A3030) & 0xFFFFFFFFFF;
    const std::uint64_t hour = (clock & 0xFF) * 10 + (clock >> 8 & 0xFF);
    const std::uint64_t minute = (clock >> 24 & 0xFF) * 10 + (clock >> 32);
    if (!are_digits(clock) || (clock >> 16 & 0xFF) != 0 || hour > 23 || minute > 59) return false;
    minute_ = {load8(text), load8(text + 8), day_ + static_cast<std::int64_t>((hour * 60 + minute) * 60'000'000'000)};
    return true;
  }

  // False: no day, or one that is not wholly inside the range of nanoseconds.
  [[gnu::noinline]] bool enter_day(const char* text) {
    const std::string date(text, 11);
    const auto day = parse_time(date + "00:00:00Z", nullptr);
    if (!day || !parse_time(date + "23:59:59.999999999Z", nullptr)) return false;
    day_first_ = load8(text);
    day_last_ = load8(text + 3);
    day_ = day.value;
    return true;
  }

  // What was read last, as if that was 1970: bytes 0 to 7 and 8 to 15, up to the minute, and 0 to 7 and 3 to 10, up to the `T`.
  static constexpr const char* start = "1970-01-01T00:00";
  MinuteWords minute_{load8(start), load8(start + 8), 0};
  std::uint64_t day_first_ = load8(start), day_last_ = load8(start + 3);
  std::int64_t day_ = 0;
};

}  // namespace csv
