// The numbers that nearly all fields hold: digits, perhaps a sign and a point.
#pragma once
#include "digit_words.hpp"

namespace csv {

/// Bytes that may be read, and are not looked at, before a field.
constexpr std::size_t number_slack = 16;

/// The f64 nearest to `[-]digits[.digits]` of at most 16 bytes behind the sign, if one division gives it to the bit; false
/// for all else, of which parse_number() knows more. Exact because the digits as an integer and the power of ten both
/// are f64s (Clinger, "How to read floating point numbers accurately", 1990).
inline bool plain_number(const char* text, std::size_t size, char point, double& value) {
  // The sign comes with the divisor: 0 / -1 is -0, and the quotient need not leave its register.
  static constexpr double tens[2][17] = {
      {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16},
      {-1, -1e1, -1e2, -1e3, -1e4, -1e5, -1e6, -1e7, -1e8, -1e9, -1e10, -1e11, -1e12, -1e13, -1e14, -1e15, -1e16}};
  const std::size_t sign = size != 0 && *text == '-';
  const char* const end = text + size;
  size -= sign;
  std::uint64_t digits;
  std::size_t decimals = 0;
  const auto mark = static_cast<std::uint64_t>(static_cast<unsigned char>(point ^ '0'));
  if (size - 1 < 8) {
    std::uint64_t word = digit_values(load8(end - 8)) & ~std::uint64_t{0} << (64 - 8 * size);
    if (const std::uint64_t found = find_byte(word, mark)) {
      if (size == 1) return false;
      const int at = std::countr_zero(found) & ~7;  // bits before the point
      decimals = 7 - static_cast<std::size_t>(at) / 8;
      const std::uint64_t before = word & ((std::uint64_t{1} << at) - 1);
      word = (word & (~std::uint64_t{0} << at << 8)) | before << 8;
    }
    if (!are_digits(word)) return false;
    digits = number_of(word);
  } else if (size - 1 < 16) {
    std::uint64_t high = digit_values(load8(end - 16)) & ~std::uint64_t{0} << (128 - 8 * size);
    std::uint64_t low = digit_values(load8(end - 8));
    if (const std::uint64_t found = find_byte(high, mark)) {
      const int at = std::countr_zero(found) & ~7;
      decimals = 15 - static_cast<std::size_t>(at) / 8;
      const std::uint64_t before = high & ((std::uint64_t{1} << at) - 1);
      high = (high & (~std::uint64_t{0} << at << 8)) | before << 8;
    } else if (const std::uint64_t found_low = find_byte(low, mark)) {
      const int at = std::countr_zero(found_low) & ~7;
      decimals = 7 - static_cast<std::size_t>(at) / 8;
      const std::uint64_t before = low & ((std::uint64_t{1} << at) - 1);
      low = (low & (~std::uint64_t{0} << at << 8)) | before << 8 | high >> 56;
      high <<= 8;
    }
    if (!are_digits(high) || !are_digits(low)) return false;
    digits = number_of(high) * 100'000'000 + number_of(low);
    if (digits > std::uint64_t{1} << 53) return false;
  } else {
    return false;
  }
  value = static_cast<double>(static_cast<std::int64_t>(digits)) / tens[sign][decimals];
  return true;
}

}  // namespace csv
