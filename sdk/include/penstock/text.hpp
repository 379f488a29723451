// Values as text, without an allocation.
#pragma once
#include <penstock/value.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock {
inline namespace v1 {

/// Holds the text of one value; each call replaces the one before.
class TextBuffer {
 public:
  /// The fewest digits that read back as the same number; with an exponent below 1e-5 and from 1e17 on.
  template <class T>
  std::string_view real(T value) {
    if (std::isnan(value)) return "nan";
    const T size = std::abs(value);
    const bool plain = size == 0 || (size >= T(1e-5) && size < T(1e17));
    return done(
        std::to_chars(begin(), end(), value, plain ? std::chars_format::fixed : std::chars_format::scientific).ptr);
  }

  template <class T>
  std::string_view integer(T value) {
    return done(std::to_chars(begin(), end(), value).ptr);
  }

  /// RFC 3339 in UTC, with as many digits of the second as are needed, by threes: 2024-02-29T12:00:00.250Z.
  std::string_view time(Time value) {
    namespace chrono = std::chrono;
    // By hand, because the first day of all, as a chrono::nanoseconds, lies before what 64 bits hold.
    constexpr std::int64_t per_day = 86'400'000'000'000;
    const std::int64_t in_day = (value.ns % per_day + per_day) % per_day;
    const chrono::days day(value.ns / per_day - (value.ns % per_day < 0 ? 1 : 0));
    const chrono::year_month_day date{chrono::sys_days(day)};
    const std::int64_t second = in_day / 1'000'000'000;
    char* out = digits(begin(), int{date.year()}, 4);  // 1677 to 2262: what 64 bits of nanoseconds hold
    *out++ = '-';
    out = digits(out, unsigned{date.month()}, 2);
    *out++ = '-';
    out = digits(out, unsigned{date.day()}, 2);
    *out++ = 'T';
    out = digits(out, second / 3600, 2);
    *out++ = ':';
    out = digits(out, second / 60 % 60, 2);
    *out++ = ':';
    out = digits(out, second % 60, 2);
    if (const std::int64_t ns = in_day % 1'000'000'000) {
      *out++ = '.';
      if (ns % 1'000'000 == 0)
        out = digits(out, ns / 1'000'000, 3);
      else if (ns % 1000 == 0)
        out = digits(out, ns / 1000, 6);
      else
        out = digits(out, ns, 9);
    }
    *out++ = 'Z';
    return done(out);
  }

  /// Seconds, exact: 90s, 0.25s.
  std::string_view duration(Duration value) {
    const std::int64_t ns = value.count();
    const std::uint64_t size = ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
    char* out = begin();
    if (ns < 0) *out++ = '-';
    out = std::to_chars(out, end(), size / 1'000'000'000).ptr;
    if (const std::uint64_t part = size % 1'000'000'000) {
      *out++ = '.';
      out = digits(out, part, 9);
      while (out[-1] == '0') --out;
    }
    *out++ = 's';
    return done(out);
  }

 private:
  template <class T>
  static char* digits(char* out, T value, int count) {
    for (int i = count; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
    return out + count;
  }

  char* begin() { return text_.data(); }
  char* end() { return text_.data() + text_.size(); }
  std::string_view done(const char* last) const {
    return {text_.data(), static_cast<std::size_t>(last - text_.data())};
  }

  std::array<char, 48> text_;
};

}  // namespace v1
}  // namespace penstock
