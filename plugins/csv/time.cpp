#include "time.hpp"

#include <chrono>

namespace csv {
namespace {

constexpr const char* a_time = "a time such as 2024-03-01T12:00:00Z";
constexpr const char* in_range = "a time between 1677-09-21T00:12:43.145224192Z and 2262-04-11T23:47:16.854775807Z";

// 255: no digit.
constexpr unsigned digit(char c) {
  return static_cast<unsigned char>(c - '0') <= 9 ? static_cast<unsigned>(c - '0') : 255;
}

// Two digits, or 255 or more.
unsigned pair(const char* text) { return digit(text[0]) * 10 + digit(text[1]); }

bool is_digit(char c) { return digit(c) <= 9; }

// First byte of the 19 that breaks the form YYYY-MM-DDTHH:MM:SS, or npos.
std::size_t first_wrong(std::string_view text) {
  constexpr std::string_view form = "0000-00-00T00:00:00";
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (i == text.size()) return i;
    const char c = text[i];
    const bool fits = form[i] == '0' ? is_digit(c) : form[i] == 'T' ? c == 'T' || c == 't' || c == ' ' : c == form[i];
    if (!fits) return i;
  }
  return std::string_view::npos;
}

std::int64_t days_since_1970(unsigned year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return sys_days(std::chrono::year(static_cast<int>(year)) / std::chrono::month(month) / std::chrono::day(day))
      .time_since_epoch()
      .count();
}

bool is_date(unsigned year, unsigned month, unsigned day) {
  return (std::chrono::year(static_cast<int>(year)) / std::chrono::month(month) / std::chrono::day(day)).ok();
}

}  // namespace

Parsed<std::int64_t> parse_time(std::string_view text, const Zone* zone) {
  if (const std::size_t wrong = first_wrong(text); wrong != text.npos) return {0, a_time, wrong};
  const char* const t = text.data();
  const unsigned year = pair(t) * 100 + pair(t + 2), month = pair(t + 5), day = pair(t + 8);
  const unsigned hour = pair(t + 11), minute = pair(t + 14), second = pair(t + 17);
  if (!is_date(year, month, day)) return {0, "a day of the calendar", 0};
  if (hour > 23) return {0, "an hour from 00 to 23", 11};
  if (minute > 59) return {0, "a minute from 00 to 59", 14};
  if (second > 60) return {0, "a second from 00 to 59", 17};

  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    const std::size_t first = ++at;
    std::int64_t unit = 1'000'000'000;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (at - first == 9) return {0, "at most 9 digits of a second's fraction", at};
      unit /= 10;
      fraction += unit * digit(text[at]);
    }
    if (at == first) return {0, "a digit after the point", at};
  }

  const std::int64_t local = days_since_1970(year, month, day) * 86'400 + hour * 3'600 + minute * 60 + second;
  std::int64_t offset = 0;
  if (at < text.size()) {
    const std::optional<std::int64_t> written = parse_offset(text.substr(at));
    if (!written) return {0, "`Z` or an offset such as +01:00 and then the end", at};
    offset = *written;
  } else if (zone) {
    const Parsed<std::int64_t> of_zone = zone->offset(local - (second == 60));
    if (!of_zone) return {0, of_zone.expected, 0};
    offset = of_zone.value;
  } else {
    return {0, "`Z` or an offset such as +01:00 (or set `zone`, such as `zone: UTC`)", at};
  }

  std::int64_t utc = local - offset;
  if (second == 60) {
    if (utc % 86'400 != 0) return {0, "a second from 00 to 59 (60 only at 23:59:60 UTC)", 17};
    utc -= 1;
    fraction = 999'999'999;
  }
  // The second is multiplied rounded towards 0, so that the first nanoseconds of the range do not overflow before the
  // fraction is added.
  std::int64_t ns = 0;
  const std::int64_t borrow = utc < 0 && fraction > 0 ? 1 : 0;
  if (__builtin_mul_overflow(utc + borrow, std::int64_t{1'000'000'000}, &ns) ||
      __builtin_add_overflow(ns, fraction - borrow * 1'000'000'000, &ns))
    return {0, in_range, 0};
  return {ns};
}

}  // namespace csv
