#include "number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace csv {
namespace {

constexpr const char* a_number = "a number such as 20.5 or -1e3";

// from_chars says the same of a number too large and one too small. Counts where the first digit that is not 0 stands,
// relative to the decimal point. `text` is known to be a decimal number outside f64.
bool is_too_small(std::string_view text) {
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, exponent_at);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  const auto magnitude = static_cast<double>(point) - static_cast<double>(first);
  double exponent = 0;  // far outside an integer's range is still an answer
  bool negative = false;
  for (const char c : text.substr(std::min(exponent_at + 1, text.size()))) {
    if (c == '-')
      negative = true;
    else if (c != '+')
      exponent = exponent * 10 + (c - '0');
  }
  return magnitude + (negative ? -exponent : exponent) < 0;
}

}  // namespace

Parsed<Number> parse_number(std::string_view text) {
  const bool plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
  const char* const begin = text.data() + plus;
  const char* const end = text.data() + text.size();
  Number number;
  const auto [stop, error] = std::from_chars(begin, end, number.value);
  const auto at = static_cast<std::size_t>(stop - text.data());
  if (error == std::errc::invalid_argument) return {{}, a_number, plus ? 1u : 0u};
  if (stop != end) return {{}, a_number, at};
  if (error == std::errc::result_out_of_range) {
    const bool negative = *begin == '-';
    if (!is_too_small(text.substr((plus || negative) ? 1 : 0)))
      return {{}, "a number inside the range of f64 (up to 1.7976931348623157e308)", 0};
    return {{negative ? -0.0 : 0.0, true}};
  }
  if (std::isnan(number.value)) {
    const std::size_t payload = text.find('(');  // nan(snan)
    if (payload != text.npos) return {{}, a_number, payload};
  }
  return {number};
}

}  // namespace csv
