// Where the bytes stand that end a field.
#pragma once
#include <cstddef>
#include <cstdint>

namespace csv {

/// The bytes that mean something in a file, beside the newline. Without quotes `quote` is the newline as well.
struct Symbols {
  char delimiter = ',';
  char quote = '"';
  bool operator==(const Symbols&) const = default;
};

/// Bytes that may be read, and are not looked at, behind the text; positions that may be written behind the last one.
constexpr std::size_t separators_slack = 64;

/// Writes the position of every delimiter, quote and newline in `text`, whatever it means there, and says how many they
/// are: at most `size`.
using FindSeparators = std::size_t (*)(const char* text, std::size_t size, Symbols symbols, std::int32_t* positions);

/// One byte after the other, on every machine: what the other ways must agree with.
std::size_t find_separators_plainly(const char* text, std::size_t size, Symbols symbols, std::int32_t* positions);

/// The fastest way of this machine.
FindSeparators fastest_separators();

/// One way, and whether this machine has it: for tests.
struct SeparatorsWay {
  const char* name;
  FindSeparators find;
  bool usable;
};
inline constexpr std::size_t separators_ways = 4;
const SeparatorsWay& separators_way(std::size_t index);

}  // namespace csv
