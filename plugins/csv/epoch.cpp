#include "epoch.hpp"

#include "civil.hpp"

#include <algorithm>

namespace csv {
namespace {

bool is_digit(char c) { return '0' <= c && c <= '9'; }

}  // namespace

Parsed<std::int64_t> parse_epoch(std::string_view text, TimeUnit unit, char point) {
  constexpr const char* a_number = "a number such as 1646666923";
  constexpr const char* whole = "a time without parts of a nanosecond";
  std::size_t at = 0;
  const bool negative = text.starts_with('-');
  at += negative || text.starts_with('+');

  // number * 10^scale; digits that do not fit must be zeros or make the time too large.
  std::uint64_t number = 0;
  std::int64_t scale = static_cast<std::int64_t>(unit);
  std::size_t digits = 0;
  bool has_point = false, too_many = false, lost = false;
  for (; at < text.size(); ++at) {
    if (text[at] == point && !has_point) {
      has_point = true;
      continue;
    }
    if (!is_digit(text[at])) break;
    const auto digit = static_cast<std::uint64_t>(text[at] - '0');
    ++digits;
    if (number > (UINT64_MAX - digit) / 10) too_many = true;
    if (!too_many) {
      number = number * 10 + digit;
      scale -= has_point;
    } else {
      lost |= digit != 0;
      scale += !has_point;
    }
  }
  if (digits == 0) return {0, a_number, at};
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const bool negative_exponent = ++at < text.size() && text[at] == '-';
    at += at < text.size() && (text[at] == '-' || text[at] == '+');
    const std::size_t begin = at;
    std::int64_t exponent = 0;
    for (; at < text.size() && is_digit(text[at]); ++at)
      exponent = std::min<std::int64_t>(exponent * 10 + (text[at] - '0'), 1'000'000);
    if (at == begin) return {0, a_number, at};
    scale += negative_exponent ? -exponent : exponent;
  }
  if (at != text.size()) return {0, a_number, at};
  if (number == 0) return {0};
  for (; scale < 0; ++scale) {
    if (number % 10 != 0) return {0, whole, 0};
    number /= 10;
  }
  if (lost && scale <= 0) return {0, whole, 0};
  for (; scale > 0; --scale)
    if (__builtin_mul_overflow(number, std::uint64_t{10}, &number)) return {0, in_range_of_time, 0};
  const std::uint64_t most = static_cast<std::uint64_t>(INT64_MAX) + negative;
  if (lost || number > most) return {0, in_range_of_time, 0};
  return {static_cast<std::int64_t>(negative ? 0 - number : number)};
}

std::string guess_unit(std::string_view text, char point) {
  const std::pair<const char*, TimeUnit> units[] = {
      {"s", TimeUnit::s}, {"ms", TimeUnit::ms}, {"us", TimeUnit::us}, {"ns", TimeUnit::ns}};
  for (const auto& [name, unit] : units)
    if (const auto time = parse_epoch(text, unit, point); time && is_likely(time.value)) return name;
  return "";
}

}  // namespace csv
