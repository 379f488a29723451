#include "pipeline/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <vector>

namespace penstock::pipeline {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool are_digits(std::string_view text) noexcept { return !text.empty() && std::ranges::all_of(text, is_digit); }

std::string_view unsigned_part(std::string_view text) noexcept { return text.substr(text.starts_with('-') ? 1 : 0); }

bool has_leading_zero(std::string_view digits) noexcept {
  return digits.size() > 1 && digits[0] == '0' && is_digit(digits[1]);
}

/** `12`, `1.5`, `.5`, `5.`, `1e3`: the shape alone, without a sign. */
bool is_decimal(std::string_view text) noexcept {
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  std::string_view mantissa = text.substr(0, exponent);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction = point < mantissa.size() ? mantissa.substr(point + 1) : std::string_view();
  if (whole.empty() && fraction.empty()) return false;
  if ((!whole.empty() && !are_digits(whole)) || (!fraction.empty() && !are_digits(fraction))) return false;
  if (exponent == text.size()) return true;
  std::string_view power = text.substr(exponent + 1);
  if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
  return are_digits(power);
}

template <class Number, class... Base>
std::optional<Number> convert(std::string_view text, Base... base) noexcept {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base...);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/** `007` as `7`, `00.5` as `0.5`. */
std::string without_zeros(std::string_view number) {
  std::size_t first = std::min(number.find_first_not_of('0'), number.size() - 1);
  if (first > 0 && number[first] == '.') --first;
  return std::string(number.substr(first));
}

std::string write(const std::string& text) { return "write " + text; }

/** A plain number that another spelling may stand for. */
struct Meaning {
  std::string number;
  std::string_view condition = {};  ///< when it is meant, if not always
};

/** Whether the reader at hand takes a text: what it would refuse next is no advice. */
using Accepts = bool (*)(std::string_view);

/** What the accepted of the meanings say to write; empty: none is. */
std::string advise(const std::vector<Meaning>& meanings, Accepts accepts) {
  std::string advice;
  for (const auto& [number, condition] : meanings) {
    if (!accepts(number)) continue;
    if (advice.empty())
      advice = write(number);
    else
      advice.append(", or ").append(number).append(" if ").append(condition).append(" was meant");
  }
  return advice;
}

/** Of the letter behind a `0`; 0: it is none. */
int base_of(char letter) noexcept {
  switch (letter) {
    case 'x':
    case 'X': return 16;
    case 'o':
    case 'O': return 8;
    case 'b':
    case 'B': return 2;
    default: return 0;
  }
}

bool has_base(std::string_view digits) noexcept {
  return digits.size() > 1 && digits[0] == '0' && base_of(digits[1]) != 0;
}

/** What `0x10`, `0o10` and `0b1` mean, and what `010` may mean: its digits as they stand, or their value in octal. */
std::vector<Meaning> meanings_in_base(std::string_view text) {
  const std::string sign = text.starts_with('-') ? "-" : "";
  const std::string_view digits = unsigned_part(text);
  const auto in_base = [&](std::string_view number, int base) {
    const auto value = convert<std::uint64_t>(number, base);
    return value ? sign + std::to_string(*value) : std::string();
  };
  if (has_base(digits)) return {{in_base(digits.substr(2), base_of(digits[1]))}};
  if (!has_leading_zero(digits) || !are_digits(digits)) return {};
  const std::string plain = sign + without_zeros(digits), octal = in_base(digits, 8);
  if (octal == plain) return {{plain}};
  return {{plain}, {octal, "octal"}};
}

/** The digits of a whole number whose groups of three have `mark` between them; empty: they have not. */
std::string without_marks(std::string_view text, char mark) {
  std::string plain(unsigned_part(text));
  if (plain.find(mark) == std::string::npos || plain.starts_with(mark)) return {};
  for (std::size_t i = 0; i < plain.size(); ++i)
    if ((plain[plain.size() - 1 - i] == mark) != (i % 4 == 3)) return {};
  std::erase(plain, mark);
  return are_digits(plain) ? (text.starts_with('-') ? "-" : "") + plain : std::string();
}

/** What other signs, marks and points mean than those of a plain number. */
std::vector<Meaning> meanings_of_marks(std::string_view text) {
  std::vector<Meaning> meanings;
  if (text.starts_with('+')) meanings.push_back({std::string(text.substr(1))});
  std::string plain(text);
  if (std::erase(plain, '_') > 0) meanings.push_back({plain});
  for (const char mark : {' ', ','}) meanings.push_back({without_marks(text, mark)});
  if (std::ranges::count(text, ',') == 1) {
    plain = text;
    std::ranges::replace(plain, ',', '.');
    meanings.push_back({plain, "a decimal point"});
  }
  return meanings;
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};
constexpr std::array units{Unit{"d", 86'400'000'000'000},
                           Unit{"h", 3'600'000'000'000},
                           Unit{"m", 60'000'000'000},
                           Unit{"s", 1'000'000'000},
                           Unit{"ms", 1'000'000},
                           Unit{"us", 1'000},
                           Unit{"ns", 1}};

/** The unit that somebody spelt in another way; empty: nobody knows. */
std::string_view unit_meant_by(std::string_view text) {
  constexpr std::array<std::array<std::string_view, 5>, 6> spellings{{{"d", "day", "days"},
                                                                      {"h", "hr", "hrs", "hour", "hours"},
                                                                      {"m", "min", "mins", "minute", "minutes"},
                                                                      {"s", "sec", "secs", "second", "seconds"},
                                                                      {"ms", "msec", "millisecond", "milliseconds"},
                                                                      {"us", "\xC2\xB5s", "usec", "microseconds"}}};
  std::string word(text);
  std::erase(word, ' ');
  if (const auto* known = std::ranges::find(units, word, &Unit::name); known != units.end()) return known->name;
  for (const auto& unit : spellings)
    if (!word.empty() && std::ranges::find(unit, word) != unit.end()) return unit.front();
  return {};
}

/** `20` for `20 `; that of `20 degC` nobody knows what to do with the rest. Empty: no number stands before it. */
std::string advise_on_unit(std::string_view text, Accepts accepts) {
  const std::string_view digits = unsigned_part(text);
  const std::size_t end = std::min(digits.find_first_not_of("0123456789."), digits.size());
  std::string unit(digits.substr(end));
  const std::string number(text.substr(0, text.size() - unit.size()));
  if (unit.empty() || has_base(digits) || is_digit(unit.back()) || !accepts(number)) return {};
  std::erase(unit, ' ');
  if (unit.empty()) return write(number);
  const bool is_duration = unit != "m" && !unit_meant_by(unit).empty();
  return is_duration ? "it is no duration: write a number alone, of what it counts"
                     : "write the number alone: nobody converts `" + unit + "`";
}

/** What a text that is no plain number may have meant; empty: nobody knows. */
std::string advise_on_spelling(std::string_view text, Accepts accepts) {
  if (text.starts_with(' ')) {
    const std::string_view trimmed = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    return accepts(trimmed) ? write(std::string(trimmed)) : advise_on_spelling(trimmed, accepts);
  }
  if (std::string advice = advise(meanings_in_base(text), accepts); !advice.empty()) return advice;
  if (std::string advice = advise(meanings_of_marks(text), accepts); !advice.empty()) return advice;
  return advise_on_unit(text, accepts);
}

/** `20` for `20.0` and `2e1`. */
std::string advise_on_whole(std::string_view text, Accepts accepts) {
  constexpr double exact = 9007199254740992.0;  // 2^53: above, a double may stand for several whole numbers
  if (has_leading_zero(unsigned_part(text)) || !is_decimal(unsigned_part(text)))
    return advise_on_spelling(text, accepts);
  const auto number = convert<double>(text);
  if (!number || *number != std::trunc(*number) || std::abs(*number) > exact) return {};
  return advise({{std::to_string(static_cast<std::int64_t>(*number))}}, accepts);
}

template <class Number>
std::optional<Number> plain_whole(std::string_view text) noexcept {
  const std::string_view digits = unsigned_part(text);
  if (!are_digits(digits) || has_leading_zero(digits)) return std::nullopt;
  return convert<Number>(digits == "0" ? digits : text);  // `-0` is 0
}

std::optional<double> plain_float(std::string_view text) noexcept {
  const std::string_view digits = unsigned_part(text);
  return is_decimal(digits) && !has_leading_zero(digits) ? convert<double>(text) : std::nullopt;
}

template <class Number>
std::optional<Number> read_whole(std::string_view text, std::string expected, Refusal& refusal) {
  if (const auto number = plain_whole<Number>(text)) return number;
  const std::string_view digits = unsigned_part(text);
  using Limits = std::numeric_limits<Number>;
  if (!are_digits(digits) || has_leading_zero(digits)) {
    const Accepts accepts = [](std::string_view one) { return plain_whole<Number>(one).has_value(); };
    refusal = {"is not a decimal whole number", std::move(expected), advise_on_whole(text, accepts)};
  } else if (std::is_unsigned_v<Number> && digits.size() < text.size()) {
    refusal = {"is negative", std::move(expected)};
  } else {
    refusal = {text.starts_with('-') ? "is less than the smallest of 64 bits, " + std::to_string(Limits::min())
                                     : "is greater than the largest of 64 bits, " + std::to_string(Limits::max()),
               std::move(expected)};
  }
  return std::nullopt;
}

/** digits x 10^-decimals x unit, if that is whole and fits. */
std::optional<std::int64_t> scale(std::string_view whole, std::string_view fraction, bool negative, std::int64_t unit) {
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  constexpr std::size_t most_decimals = 18;
  if (fraction.size() > most_decimals) return std::nullopt;
  // Two 64-bit numbers multiply without loss in 128 bits.
  __extension__ using Wide = __int128;
  const auto units_whole = whole.empty() ? std::optional<std::uint64_t>(0) : convert<std::uint64_t>(whole);
  const auto parts = fraction.empty() ? std::optional<std::uint64_t>(0) : convert<std::uint64_t>(fraction);
  if (!units_whole || !parts) return std::nullopt;
  Wide divisor = 1;
  for (std::size_t i = 0; i < fraction.size(); ++i) divisor *= 10;
  const Wide small = Wide{*parts} * unit;
  if (small % divisor != 0) return std::nullopt;
  const Wide total = (Wide{*units_whole} * unit + small / divisor) * (negative ? -1 : 1);
  if (total < std::numeric_limits<std::int64_t>::min() || total > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return static_cast<std::int64_t>(total);
}

}  // namespace

std::optional<std::int64_t> read_i64(std::string_view text, Refusal& refusal) {
  return read_whole<std::int64_t>(text, "a decimal whole number", refusal);
}

std::optional<std::uint64_t> read_u64(std::string_view text, Refusal& refusal) {
  return read_whole<std::uint64_t>(text, "a decimal whole number", refusal);
}

std::optional<double> read_f64(std::string_view text, Refusal& refusal) {
  if (const auto number = plain_float(text)) return number;
  const std::string expected = "a finite decimal number";
  const std::string_view digits = unsigned_part(text);
  if (!is_decimal(digits) || has_leading_zero(digits)) {
    std::string word(unsigned_part(text.substr(text.starts_with('+') ? 1 : 0)));
    std::ranges::transform(word, word.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (word.starts_with('.')) word.erase(0, 1);
    if (word == "nan" || word == "inf" || word == "infinity")
      refusal = {"is not finite", expected, "write a number; leave the key out for the default"};
    else
      refusal = {"is not a number", expected,
                 advise_on_spelling(text, [](std::string_view one) { return plain_float(one).has_value(); })};
    return std::nullopt;
  }
  refusal = {"is outside the range of f64", "a number that an f64 can hold"};
  return std::nullopt;
}

std::optional<std::int64_t> read_duration(std::string_view text, Refusal& refusal) {
  const std::string expected = "a duration: a number and one of d h m s ms us ns";
  const auto refuse = [&](const char* what, std::string advice) -> std::optional<std::int64_t> {
    refusal = {what, expected, std::move(advice)};
    return std::nullopt;
  };
  const bool negative = text.starts_with('-');
  const std::string_view digits = unsigned_part(text);
  const std::size_t end = std::min(digits.find_first_not_of("0123456789."), digits.size());
  const std::string_view number = digits.substr(0, end), unit = digits.substr(end);
  if (!is_decimal(number)) return refuse("is not a duration", "write one such as 20s or 1.5h");
  const std::string plain =
      (negative ? "-" : "") + (has_leading_zero(number) ? without_zeros(number) : std::string(number));
  if (unit.empty()) return refuse("has no unit", write(plain) + "s for seconds, " + plain + "ms for milliseconds");
  const auto* known = std::ranges::find(units, unit, &Unit::name);
  if (known == units.end()) {
    const std::string_view meant = unit_meant_by(unit);
    return refuse("has an unknown unit", meant.empty() ? std::string() : write(plain + std::string(meant)));
  }
  if (has_leading_zero(number)) return refuse("is not a duration", write(plain + std::string(unit)));
  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view fraction = point < number.size() ? number.substr(point + 1) : std::string_view();
  if (const auto scaled = scale(number.substr(0, point), fraction, negative, known->nanoseconds)) return scaled;
  return refuse("is not a whole number of nanoseconds within 292 years", {});
}

std::string write_f64(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

std::string write_duration(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0s";
  const auto* unit = std::ranges::find_if(units, [&](const Unit& u) { return nanoseconds % u.nanoseconds == 0; });
  return std::to_string(nanoseconds / unit->nanoseconds) + std::string(unit->name);
}

}  // namespace penstock::pipeline
