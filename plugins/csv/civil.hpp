// What a clock and a calendar show, as nanoseconds since 1970-01-01T00:00:00Z.
#pragma once
#include "parsed.hpp"
#include "zone.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace csv {

/// The parts of a time, and at which byte of the text they stand: for messages.
struct Civil {
  unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::int64_t fraction = 0;           // ns of the second
  std::optional<std::int64_t> offset;  // from UTC, in seconds; nothing: the zone knows
  std::size_t date_at = 0, hour_at = 0, minute_at = 0, second_at = 0, offset_at = 0;
};

/// `zone`, which may be null, is asked for a time without an offset. 23:59:60 UTC, a leap second, is the last nanosecond of
/// its minute, so that order is kept.
Parsed<std::int64_t> to_utc(const Civil& civil, const Zone* zone);

/// A second of which this is the number, and the nanoseconds behind it; nothing outside the range of 64 bits.
std::optional<std::int64_t> nanoseconds(std::int64_t seconds, std::int64_t fraction);

constexpr const char* in_range_of_time =
    "a time between 1677-09-21T00:12:43.145224192Z and 2262-04-11T23:47:16.854775807Z";

}  // namespace csv
