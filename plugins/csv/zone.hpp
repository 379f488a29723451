// What a clock on a wall somewhere says, as UTC.
#pragma once
#include "parsed.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace date {
class time_zone;
}

namespace csv {

/// Which of both is meant when the clocks showed a time twice.
enum class Ambiguous { reject, earlier, later };

/// A place's rule from local time to UTC. [one thread at a time]
class Zone {
 public:
  /// `UTC`, an offset such as `+01:00`, or a name of the system's time-zone database such as `Europe/Berlin`.
  /// Throws std::runtime_error with what is wrong with the name.
  explicit Zone(const std::string& name, Ambiguous ambiguous = Ambiguous::reject);

  /// What to subtract from local seconds since 1970-01-01T00:00:00 to get UTC. `expected` is set for a time that the
  /// clocks skipped, and for one that they showed twice, unless it was said which of both is meant.
  Parsed<std::int64_t> offset(std::int64_t local_seconds) const {
    if (local_seconds >= certain_from_ && local_seconds < certain_until_) return {certain_offset_};
    return look_up(local_seconds);
  }

 private:
  Parsed<std::int64_t> look_up(std::int64_t local_seconds) const;

  Ambiguous ambiguous_;
  const date::time_zone* zone_ = nullptr;  // null: the offset is fixed
  // The stretch of local time around the last look-up in which the offset is the same.
  mutable std::int64_t certain_from_ = 0, certain_until_ = 0, certain_offset_ = 0;
};

/// Seconds of `Z` or `+01:00`; -00:00 is 0. Nothing if the text is neither.
std::optional<std::int64_t> parse_offset(std::string_view text);

}  // namespace csv
