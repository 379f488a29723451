// What the fields of a column of times say.
#pragma once
#include "epoch.hpp"
#include "parsed.hpp"
#include "time_format.hpp"
#include "zone.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace csv {

/// RFC 3339, or one form, or one unit, for the whole column: never a guess per row. [one thread at a time]
class TimeRules {
 public:
  std::optional<Zone> zone;          // of times without an offset
  std::optional<TimeFormat> format;  // else RFC 3339
  std::optional<TimeUnit> unit;      // a number; then there is no format
  char point = '.';                  // of a number

  bool are_rfc_3339() const { return !format && !unit; }

  /// A whole field.
  Parsed<std::int64_t> parse(std::string_view text) const;

  /// What the operator may set so that this text, which parse() refused, is a time; empty if nothing comes to mind.
  std::string hint(std::string_view text) const;
};

}  // namespace csv
