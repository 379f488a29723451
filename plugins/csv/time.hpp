// Times of a CSV file.
#pragma once
#include "parsed.hpp"
#include "zone.hpp"

#include <cstdint>

namespace csv {

/// What is expected where a text has not the form of RFC 3339.
inline constexpr const char* a_time = "a time such as 2024-03-01T12:00:00Z";

/// Reads a whole text as nanoseconds since 1970-01-01T00:00:00Z: the forms of RFC 3339, `2024-03-01T12:00:00Z`, with `T`,
/// `t` or a blank between, 0 to 9 digits of a second's fraction, and `Z`, `z` or an offset behind; without an offset if a
/// zone is given. 23:59:60 UTC, a leap second, is the last nanosecond of its minute, so that order is kept.
Parsed<std::int64_t> parse_time(std::string_view text, const Zone* zone);

}  // namespace csv
