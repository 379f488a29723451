// Text of any origin, made safe for a terminal.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace console {

/// Bytes of the UTF-8 symbol at the front, each of which may be shown; 0 if the first byte must not be.
inline std::size_t harmless(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  if (byte(0) < 0x80) return byte(0) >= 0x20 && byte(0) != 0x7F ? 1 : 0;
  const std::size_t size = byte(0) < 0xC2 ? 0 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : byte(0) < 0xF5 ? 4 : 0;
  for (std::size_t i = 1; i < size; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  const bool is_c1 = byte(0) == 0xC2 && byte(1) < 0xA0;
  // U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069: they turn the direction of what follows, or end the line.
  const bool turns =
      byte(0) == 0xE2 &&
      ((byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xA8 && byte(2) <= 0xAE))) ||
       (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
  return is_c1 || turns ? 0 : size;
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
