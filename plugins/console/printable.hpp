// Text of any origin, made safe for a terminal.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace console {

/// Controls steer a terminal; the others turn the direction of text, or break or hide a part of the line.
inline bool is_obeyed(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200B || point == 0x200E ||
         point == 0x200F || (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) ||
         point == 0xFEFF;
}

/// Bytes of the symbol at the front, if it is UTF-8 (the Unicode Standard, table 3-7) and may be shown; else 0.
inline std::size_t harmless(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return is_obeyed(lead) ? 0 : 1;
  const std::size_t size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (size == 0) return 0;
  std::uint32_t point = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    point = point << 6 | (byte(i) & 0x3F);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
  return point < smallest[size] || point > 0x10FFFF || is_surrogate || is_obeyed(point) ? 0 : size;
}

/// Appends the text with what a terminal would obey, and with bytes that are not UTF-8, as `\x1B`.
inline void append_printable(std::string& out, std::string_view text) {
  constexpr char digit[] = "0123456789ABCDEF";
  while (!text.empty()) {
    const std::size_t size = harmless(text);
    const auto byte = static_cast<unsigned char>(text.front());
    if (size > 0)
      out += text.substr(0, size);
    else
      (out += "\\x").append({digit[byte >> 4], digit[byte & 15]});
    text.remove_prefix(size > 0 ? size : 1);
  }
}

/// Columns that it takes on a terminal, each character one: good enough for names and units.
inline std::size_t width(std::string_view text) {
  std::size_t characters = 0;
  for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return characters;
}

}  // namespace console
