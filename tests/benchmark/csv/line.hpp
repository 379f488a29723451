// One line of the file, cut at its separators, and what its fields say. The files are known to be clean: no quote, no blank
// line, times of one form; nothing is checked.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <ctime>

namespace penstock::bench {

/** `sensor,time,value,unit\n`: each field ends one byte before the next begins, and the last one before `end`. */
struct Line {
  const char *sensor, *time, *value, *unit, *end;
};

[[gnu::always_inline]] inline std::uint64_t load8(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

/** Times as `2023-11-14T22:13:20.001Z`; the hour that is read last is remembered. */
class Clock {
 public:
  [[gnu::always_inline]] std::int64_t ns(const char* text) {
    if (load8(text) != hour_[0] || load8(text + 6) != hour_[1]) [[unlikely]]
      enter_hour(text);
    const auto digit = [text](int at) { return static_cast<std::int64_t>(text[at]); };
    constexpr std::int64_t zeros = ('0' * 11 * 60 + '0' * 11) * 1000 + '0' * 111;
    const std::int64_t seconds = (digit(14) * 10 + digit(15)) * 60 + digit(17) * 10 + digit(18);
    return hour_ns_ + (seconds * 1000 + digit(20) * 100 + digit(21) * 10 + digit(22) - zeros) * 1'000'000;
  }

 private:
  [[gnu::cold, gnu::noinline]] void enter_hour(const char* text) {
    hour_[0] = load8(text);
    hour_[1] = load8(text + 6);
    const auto number = [text](int at, int digits) {
      int value = 0;
      for (int i = 0; i < digits; ++i) value = value * 10 + (text[at + i] - '0');
      return value;
    };
    std::tm time{};
    time.tm_year = number(0, 4) - 1900;
    time.tm_mon = number(5, 2) - 1;
    time.tm_mday = number(8, 2);
    time.tm_hour = number(11, 2);
    hour_ns_ = static_cast<std::int64_t>(timegm(&time)) * 1'000'000'000;
  }

  std::uint64_t hour_[2] = {};
  std::int64_t hour_ns_ = 0;
};

[[gnu::cold, gnu::noinline]] inline double any_number(const char* text, const char* end) {
  double value = 0;
  std::from_chars(text, end, value);
  return value;
}

/** A decimal of up to eight characters behind its sign, without a branch on how many these are; eight bytes are readable.
 *  As exact as any: an integer below 2^53 divided by a power of ten is rounded once. */
[[gnu::always_inline]] inline double short_number(const char* text, const char* end) {
  static constexpr double divisors[16] = {1,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          -1, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7};
  constexpr std::uint64_t ones = 0x0101010101010101;
  const unsigned is_negative = *text == '-';
  const std::uint64_t word = load8(text + is_negative);
  const auto beyond = 64 - 8 * static_cast<std::uint64_t>(end - text - is_negative);
  // Of digits, the point and the comma behind the number, digits alone have bit 4.
  const auto point = beyond + (static_cast<std::uint64_t>(__builtin_ctzll(~word & 0x10 * ones)) & 56);
  if ((point | beyond) > 56) [[unlikely]]
    return any_number(text, end);
  const std::uint64_t right = word << beyond;  // the last digit in the last byte
  const std::uint64_t before = (std::uint64_t{1} << point) - 1, behind = ~std::uint64_t{0xff} << point;
  std::uint64_t digits = ((right & before) << 8 | (right & behind)) & 0x0f * ones;
  digits = digits * 10 + (digits >> 8);
  const std::uint64_t number =
      ((digits & 0x000000ff000000ff) * 0x000f424000000064 + (digits >> 16 & 0x000000ff000000ff) * 0x0000271000000001) >>
      32;
  return static_cast<double>(static_cast<std::int64_t>(number)) / divisors[is_negative * 8 + 7 - point / 8];
}

}  // namespace penstock::bench
