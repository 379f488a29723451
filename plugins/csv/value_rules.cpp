#include "value_rules.hpp"

#include "number.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace csv {
namespace {

// Units that are written behind a number, and are nothing else: `1O` and `5 NaN` end in something else.
constexpr std::array<std::string_view, 40> units{
    "%",   "%RH",  "\u00B0C", "\u00B0F", "\u00B0", "C",   "F",    "K",  "degC", "degF", "Pa", "hPa", "kPa", "MPa",
    "bar", "mbar", "psi",     "V",       "mV",     "kV",  "A",    "mA", "W",    "kW",   "MW", "Wh",  "kWh", "Hz",
    "kHz", "MHz",  "mm",      "cm",      "km",     "m/s", "km/h", "kg", "ppm",  "rpm",  "lx", "dB"};

// The unit of units behind a number, with or without a blank between; empty: there is none.
std::string_view unit_behind(std::string_view text) {
  std::string_view tail = text.substr(text.find_last_of("0123456789") + 1);
  if (tail.starts_with(' ')) tail.remove_prefix(1);
  return std::ranges::find(units, tail) == units.end() ? std::string_view() : tail;
}

}  // namespace

Parsed<Value> ValueRules::parse(std::string_view text) const {
  if (is_null(text)) return {};
  if (point != '.' || thousands != '\0') return parse_marked(text);
  const auto number = parse_number(text);
  if (!number) return {{}, number.expected, number.at};
  const bool finite = std::isfinite(number.value.value);
  if (!finite && non_finite == NonFinite::reject)
    return {{}, "a finite number (or set `non_finite: keep` or `null`)", 0};
  return {{number.value.value, finite || non_finite == NonFinite::keep, number.value.underflow}};
}

std::string ValueRules::hint(std::string_view text) const {
  constexpr std::size_t longest_word = 16;
  constexpr std::string_view minus_sign = "\xE2\x88\x92";
  if (text.find_first_of("0123456789") == text.npos) {
    const bool is_word = text.size() <= longest_word && text.find_first_of("\"\\") == text.npos &&
                         std::ranges::all_of(text, [](char c) { return ' ' < c && c <= '~'; });
    return is_word ? "set `null: [\"" + std::string(text) + "\"]` if it stands for no value" : "";
  }
  if (const std::size_t minus = text.find(minus_sign); minus != text.npos) {
    std::string plain(text);
    plain.replace(minus, minus_sign.size(), "-");
    if (parse(plain)) return "the minus sign is U+2212: write `-`";
  }
  if (const std::string_view unit = unit_behind(text);
      !unit.empty() && parse(text.substr(0, text.find_last_of("0123456789") + 1)))
    return "a value is a number alone: take `" + std::string(unit) +
           "` out of the file, and give it a column `unit`, or the parameter `unit` if all have it";
  if (const std::string_view inner = inside_apostrophes(text); !inner.empty() && parse(inner))
    return std::string(advice_on_apostrophes);
  const auto reads = [&](char other_point, char mark) {
    ValueRules other = *this;
    other.point = other_point;
    other.thousands = mark;
    return static_cast<bool>(other.parse(text));
  };
  const auto set = [](const char* name, char byte) { return std::string("`") + name + ": \"" + byte + "\"`"; };
  const char other_point = point == '.' ? ',' : '.';
  std::vector<std::string> ways;
  if (reads(other_point, '\0')) ways.push_back(set("decimal", other_point));
  constexpr std::string_view marks = ",. '";
  for (const char mark : marks)
    if (mark != point && reads(point, mark)) ways.push_back(set("thousands", mark));
  if (ways.empty())
    for (const char mark : marks)
      if (mark != other_point && reads(other_point, mark))
        ways.push_back(set("decimal", other_point) + " and " + set("thousands", mark));
  return set_one_of(ways) + (ways.size() == 1 ? " if the column is written so" : "");
}

// As parse() reads it, with the marks of this file taken out and its point made one.
Parsed<Value> ValueRules::parse_marked(std::string_view text) const {
  std::string plain;
  std::vector<std::size_t> from;  // where each byte of it stood
  plain.reserve(text.size());
  from.reserve(text.size() + 1);
  const auto is_digit = [&](std::size_t i) { return i < text.size() && '0' <= text[i] && text[i] <= '9'; };
  std::size_t group = 0;  // digits since the sign or the last mark
  bool grouped = false, whole = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == thousands && c != '\0') {
      const bool fits = whole && (grouped ? group == 3 : 1 <= group && group <= 3) && is_digit(i + 1) &&
                        is_digit(i + 2) && is_digit(i + 3) && !is_digit(i + 4);
      if (!fits) return {{}, "marks between groups of three digits", i};
      grouped = true;
      group = 0;
      continue;
    }
    if (c == point)
      whole = false;
    else if (c == '.')
      return {{}, point == ',' ? "a number such as 20,5 or -1e3" : "a number such as 20.5 or -1e3", i};
    else if (is_digit(i))
      ++group;
    else if (c != '-' && c != '+')
      whole = false;
    plain += c == point ? '.' : c;
    from.push_back(i);
  }
  from.push_back(text.size());
  ValueRules unmarked;
  unmarked.non_finite = non_finite;
  auto value = unmarked.parse(plain);
  if (!value) value.at = from[value.at];
  return value;
}

}  // namespace csv
