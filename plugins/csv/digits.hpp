// Digits of integers, eight at a time.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace csv {

static_assert(std::endian::native == std::endian::little, "the first digit is the lowest byte of a word");

/// The eight digits of a number below 10^8 as bytes 0 to 9, the first one lowest. Each step splits all parts in two: by
/// 10^4, by 100 and by 10, whose quotients are products with a rounded reciprocal, exact for parts as small as these.
inline std::uint64_t eight_digits(std::uint32_t value) {
  const std::uint64_t fours = value / 10'000 + (std::uint64_t{value % 10'000} << 32);
  const std::uint64_t hundreds = fours * 10'486 >> 20 & 0x0000'007F'0000'007F;
  const std::uint64_t twos = hundreds + ((fours - hundreds * 100) << 16);
  const std::uint64_t tens = twos * 103 >> 10 & 0x000F'000F'000F'000F;
  return tens + ((twos - tens * 10) << 8);
}

/// How many of the eight are left without the zeros in front, and without those at the end; of eight zeros none.
inline unsigned without_leading_zeros(std::uint64_t digits) {
  return 8 - static_cast<unsigned>(std::countr_zero(digits)) / 8;
}
inline unsigned without_trailing_zeros(std::uint64_t digits) {
  return 8 - static_cast<unsigned>(std::countl_zero(digits)) / 8;
}

/// Stores eight characters.
inline void put_digits(char* out, std::uint64_t digits) {
  digits += 0x3030'3030'3030'3030;
  std::memcpy(out, &digits, 8);
}

/// The numbers below 1000 as they are written, each in a word: three characters and their count.
inline constexpr auto small_numbers = [] {
  std::array<std::array<char, 4>, 1000> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const char hundreds = static_cast<char>('0' + i / 100), tens = static_cast<char>('0' + i / 10 % 10),
               ones = static_cast<char>('0' + i % 10);
    if (i < 10)
      numbers[i] = {ones, 0, 0, 1};
    else if (i < 100)
      numbers[i] = {tens, ones, 0, 2};
    else
      numbers[i] = {hundreds, tens, ones, 3};
  }
  return numbers;
}();

/// May touch 8 bytes more than it writes. Returns the end.
inline char* write_integer(char* out, std::uint64_t value) {
  if (value < small_numbers.size()) {
    const std::array<char, 4>& number = small_numbers[value];
    std::memcpy(out, number.data(), 4);
    return out + number[3];
  }
  if (value < 100'000'000) {
    const std::uint64_t digits = eight_digits(static_cast<std::uint32_t>(value));
    const unsigned count = without_leading_zeros(digits);
    put_digits(out, digits >> (8 - count) * 8);
    return out + count;
  }
  out = write_integer(out, value / 100'000'000);
  put_digits(out, eight_digits(static_cast<std::uint32_t>(value % 100'000'000)));
  return out + 8;
}

/// `count` digits, 1 to 8, with zeros in front of a value that has fewer. Touches 8 bytes.
inline char* write_digits(char* out, std::uint32_t value, unsigned count) {
  put_digits(out, eight_digits(value) >> (8 - count) * 8);
  return out + count;
}

}  // namespace csv
