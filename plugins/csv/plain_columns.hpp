// Plain numbers and times, some at a time: what plain_number() and PlainTime say of each, to the bit.
#pragma once
#include "digit_words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace csv {

/// How many fields of a column are read together. Bit `i` stands for row `i`.
inline constexpr std::size_t most_together = 64;

/// Numbers of at most eight bytes behind the sign.
struct NumberWords {
  alignas(64) std::array<std::uint64_t, most_together> word, shift, sign;
  alignas(64) std::array<double, most_together> value;

  /// Eight bytes before the end of the text are read, whatever its length.
  void put(std::size_t row, const char* text, std::size_t size) {
    const std::uint64_t minus = *text == '-';
    const std::size_t digits = size - minus;
    const bool fits = digits - 1 < 8;
    word[row] = fits ? load8(text + size - 8) : 0;  // NULs, which are no digits
    shift[row] = fits ? 64 - 8 * digits : 0;
    sign[row] = minus;
  }
};

/// Times as `2024-03-01T12:00:00Z` or `2024-03-01T12:00:00.000Z`.
struct TimeWords {
  alignas(64) std::array<std::uint64_t, most_together> first, last, rest;
  alignas(64) std::array<std::int64_t, most_together> ns;

  /// 24 bytes from the start of the text are read, whatever its length.
  void put(std::size_t row, const char* text, std::size_t size) {
    first[row] = load8(text);
    last[row] = load8(text + 8);
    const std::uint64_t word = load8(text + 16);
    const std::uint64_t whole = (word & 0xFFFFFF) | std::uint64_t{0x3030302E} << 24 | (word >> 24) << 56;
    rest[row] = size == 24 ? word : size == 20 ? whole : 0;
  }
};

/// A minute: its sixteen bytes, and when it begins.
struct MinuteWords {
  std::uint64_t first, last;
  std::int64_t ns;
};

/// Both read `rows` fields and return the rows that they leave to others. What is before and behind `rows` is of no
/// meaning.
using ReadNumbers = std::uint64_t (*)(NumberWords& numbers, std::size_t rows, char point);
using ReadTimes = std::uint64_t (*)(TimeWords& times, std::size_t rows, const MinuteWords& minute);

/// One way, and whether this machine has it.
struct ColumnsWay {
  const char* name;
  ReadNumbers read_numbers;
  ReadTimes read_times;
  bool usable;
};
inline constexpr std::size_t columns_ways = 2;
const ColumnsWay& columns_way(std::size_t index);

/// The fastest way of this machine; null: it has none.
const ColumnsWay* fastest_columns_way();

}  // namespace csv
