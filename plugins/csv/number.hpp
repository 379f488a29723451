// Numbers of a CSV file, to the bit.
#pragma once
#include "parsed.hpp"

namespace csv {

struct Number {
  double value = 0;
  bool underflow = false;  // nearer to 0 than any f64 but 0: read as 0 with its sign
};

/// Reads a whole text as the nearest f64: `20.5`, `+20.5`, `5.`, `.5`, `007`, `1e-3`, `-0`, and in any case `nan`, `inf`,
/// `infinity`. Nothing else: no blanks, no thousands marks, no decimal comma, no hexadecimal, nothing outside f64.
Parsed<Number> parse_number(std::string_view text);

}  // namespace csv
