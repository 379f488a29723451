// Real numbers as text, by exact integers.
#pragma once

namespace csv {

/// Bytes that write_shortest() may touch from `out` on.
inline constexpr int shortest_room = 48;

/// The text that penstock::TextBuffer::real() gives: the fewest digits that read back as the same number. Returns its end.
char* write_shortest(char* out, double value);

inline constexpr int most_decimals = 17;

/// Bytes that write_fixed() may touch from `out` on: 1.8e308 has 309 digits before the point.
inline constexpr int fixed_room = 352;

/// With this many digits behind the point, 0 to `most_decimals`, and no point without one; as printf("%.*f") does it: the
/// exact value is rounded, and a half to even. Not a number is `nan`, whatever its sign. Returns its end.
char* write_fixed(char* out, double value, int decimals);

}  // namespace csv
