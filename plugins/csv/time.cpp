#include "time.hpp"

#include "civil.hpp"

namespace csv {
namespace {

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

}  // namespace

Parsed<std::int64_t> parse_time(std::string_view text, const Zone* zone) {
  if (const std::size_t wrong = first_wrong(text); wrong != text.npos) return {0, a_time, wrong};
  const char* const t = text.data();
  Civil civil;
  civil.year = pair(t) * 100 + pair(t + 2);
  civil.month = pair(t + 5);
  civil.day = pair(t + 8);
  civil.hour = pair(t + 11);
  civil.minute = pair(t + 14);
  civil.second = pair(t + 17);
  civil.hour_at = 11;
  civil.minute_at = 14;
  civil.second_at = 17;

  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    const std::size_t first = ++at;
    std::int64_t unit = 1'000'000'000;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (at - first == 9) return {0, "at most 9 digits of a second's fraction", at};
      unit /= 10;
      civil.fraction += unit * digit(text[at]);
    }
    if (at == first) return {0, "a digit after the point", at};
  }

  civil.offset_at = at;
  if (at < text.size()) {
    civil.offset = parse_offset(text.substr(at));
    if (!civil.offset) return {0, "`Z` or an offset such as +01:00 and then the end", at};
  }
  return to_utc(civil, zone);
}

}  // namespace csv
