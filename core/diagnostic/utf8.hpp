#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace penstock::diagnostic {

/** One step through bytes that should be UTF-8. */
struct Decoded {
  std::uint32_t code_point;
  std::size_t length;  ///< bytes, at least 1
  bool valid;          ///< false: `code_point` is the byte itself and `length` is 1
};

/** Decodes what `bytes` begins with; `bytes` is not empty. Refuses what the Unicode Standard's table 3-7 refuses: overlong
 *  forms, surrogates, values over U+10FFFF and sequences that are cut. */
[[nodiscard]] constexpr Decoded decode_utf8(std::string_view bytes) noexcept {
  const auto byte = [&](std::size_t index) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[index]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return {lead, 1, false};
  std::uint32_t point = lead & (0x7FU >> length);
  for (std::size_t index = 1; index < length; ++index) {
    if ((byte(index) & 0xC0U) != 0x80) return {lead, 1, false};
    point = point << 6U | (byte(index) & 0x3FU);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < smallest[length] || surrogate || point > 0x10FFFF) return {lead, 1, false};
  return {point, length, true};
}

}  // namespace penstock::diagnostic
