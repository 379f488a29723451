#include "zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace csv {
namespace {

constexpr std::int64_t day = 24 * 60 * 60;

// Times of the time-zone database reach far beyond what is asked for; stay clear of overflow.
std::int64_t clamped(date::sys_seconds time) {
  constexpr std::int64_t far = std::int64_t{1} << 50;
  return std::clamp<std::int64_t>(time.time_since_epoch().count(), -far, far);
}

}  // namespace

std::optional<std::int64_t> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  for (const std::size_t i : {1u, 2u, 4u, 5u})
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  const int hours = (text[1] - '0') * 10 + text[2] - '0', minutes = (text[4] - '0') * 10 + text[5] - '0';
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -60 : 60) * (hours * 60 + minutes);
}

Zone::Zone(const std::string& name, Ambiguous ambiguous) : ambiguous_(ambiguous) {
  const std::optional<std::int64_t> fixed = name == "UTC" ? 0 : parse_offset(name);
  if (fixed) {
    certain_from_ = std::numeric_limits<std::int64_t>::min();
    certain_until_ = std::numeric_limits<std::int64_t>::max();
    certain_offset_ = *fixed;
    return;
  }
  try {
    zone_ = date::locate_zone(name);
  } catch (const std::exception&) {
    throw std::runtime_error(
        "expected `UTC`, an offset such as `+01:00` or a time zone such as `Europe/Berlin`, found " + shown(name));
  }
}

Parsed<std::int64_t> Zone::look_up(std::int64_t local_seconds) const {
  const date::local_info info = zone_->get_info(date::local_seconds(std::chrono::seconds(local_seconds)));
  if (info.result == date::local_info::nonexistent) return {0, "a time that the clocks of the zone did not skip"};
  if (info.result == date::local_info::ambiguous) {
    if (ambiguous_ == Ambiguous::reject)
      return {0, "an offset such as +01:00, or `ambiguous: earlier` or `later`: the clocks showed this time twice"};
    return {(ambiguous_ == Ambiguous::earlier ? info.first : info.second).offset.count()};
  }
  // The database lists each setting of a zone's clocks up to 2037, or later, and then gives a rule, which the library does
  // not read: of a zone whose list goes on so long, the offsets behind it are not known.
  using namespace date::literals;
  if (info.first.begin >= date::sys_days(2037_y / 1 / 1) && info.first.end > date::sys_days(9999_y / 1 / 1))
    return {0, "an offset such as +01:00: how the clocks of the zone are set that late is not known"};
  certain_offset_ = info.first.offset.count();
  // A day from each end: no clock was ever set by more, so that no skipped or repeated time lies between.
  certain_from_ = clamped(info.first.begin) + certain_offset_ + day;
  certain_until_ = clamped(info.first.end) + certain_offset_ - day;
  return {certain_offset_};
}

}  // namespace csv
