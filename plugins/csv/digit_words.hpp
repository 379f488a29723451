// Eight digits at a time in a 64-bit word, the first digit in its lowest byte.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace csv {

static_assert(std::endian::native == std::endian::little, "the words are read as they stand in memory");

inline std::uint64_t load8(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

constexpr std::uint64_t each_byte(std::uint64_t byte) { return byte * 0x0101010101010101; }

/// ASCII digits as their values, and back; of other bytes no byte becomes 0 to 9.
constexpr std::uint64_t digit_values(std::uint64_t ascii) { return ascii ^ each_byte('0'); }

/// Whether each byte is 0 to 9.
constexpr bool are_digits(std::uint64_t values) {
  return (((values + each_byte(0x76)) | values) & each_byte(0x80)) == 0;
}

/// The number that eight values stand for.
constexpr std::uint64_t number_of(std::uint64_t values) {
  values = values * 10 + (values >> 8);  // pairs, in every second byte
  constexpr std::uint64_t pairs = 0x000000FF000000FF;
  return ((values & pairs) * (100 + (std::uint64_t{1'000'000} << 32)) +
          (values >> 16 & pairs) * (1 + (std::uint64_t{10'000} << 32))) >>
         32;
}

/// The lowest bit of each byte that is this one; exact up to the lowest such byte, which is what to look for.
constexpr std::uint64_t find_byte(std::uint64_t word, std::uint64_t byte) {
  const std::uint64_t zero = word ^ each_byte(byte);
  return (zero - each_byte(1)) & ~zero & each_byte(0x80);
}

inline constexpr std::array<std::uint64_t, 10> power_of_10{1,       10,        100,        1'000,       10'000,
                                                           100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

}  // namespace csv
