// Times that are numbers: how much has passed since 1970-01-01T00:00:00Z.
#pragma once
#include "parsed.hpp"

#include <cstdint>
#include <string>

namespace csv {

/// In powers of ten of a nanosecond.
enum class TimeUnit { s = 9, ms = 6, us = 3, ns = 0 };

/// Reads a whole text such as `1646666923`, `-1.5` or `1.646666923e9` to the nanosecond, without a double between.
Parsed<std::int64_t> parse_epoch(std::string_view text, TimeUnit unit, char point);

/// `s`, `ms`, `us` or `ns`: in which unit the number is a time between 1990 and 2100; empty if in none.
std::string guess_unit(std::string_view text, char point);

/// Whether a time is one that readings have: from 1990 to 2100. What else a number says may be in another unit.
constexpr bool is_likely(std::int64_t ns) {
  constexpr std::int64_t from = 631'152'000'000'000'000, until = 4'102'444'800'000'000'000;
  return ns >= from && ns < until;
}

}  // namespace csv
