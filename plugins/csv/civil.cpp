#include "civil.hpp"

#include <chrono>

namespace csv {

std::optional<std::int64_t> nanoseconds(std::int64_t seconds, std::int64_t fraction) {
  // The second is multiplied rounded towards 0, so that the first nanoseconds of the range do not overflow before the
  // fraction is added.
  std::int64_t ns = 0;
  const std::int64_t borrow = seconds < 0 && fraction > 0 ? 1 : 0;
  if (__builtin_mul_overflow(seconds + borrow, std::int64_t{1'000'000'000}, &ns) ||
      __builtin_add_overflow(ns, fraction - borrow * 1'000'000'000, &ns))
    return std::nullopt;
  return ns;
}

Parsed<std::int64_t> to_utc(const Civil& civil, const Zone* zone) {
  const auto date =
      std::chrono::year(static_cast<int>(civil.year)) / std::chrono::month(civil.month) / std::chrono::day(civil.day);
  if (!date.ok()) return {0, "a day of the calendar", civil.date_at};
  if (civil.hour > 23) return {0, "an hour from 00 to 23", civil.hour_at};
  if (civil.minute > 59) return {0, "a minute from 00 to 59", civil.minute_at};
  if (civil.second > 60) return {0, "a second from 00 to 59", civil.second_at};

  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t local = days * 86'400 + civil.hour * 3'600 + civil.minute * 60 + civil.second;
  std::int64_t offset = 0;
  if (civil.offset) {
    offset = *civil.offset;
  } else if (zone) {
    const Parsed<std::int64_t> of_zone = zone->offset(local - (civil.second == 60));
    if (!of_zone) return {0, of_zone.expected, civil.date_at};
    offset = of_zone.value;
  } else {
    return {0, "`Z` or an offset such as +01:00 (or set `zone`, such as `zone: UTC`)", civil.offset_at};
  }

  std::int64_t utc = local - offset, fraction = civil.fraction;
  if (civil.second == 60) {
    if (utc % 86'400 != 0) return {0, "a second from 00 to 59 (60 only at 23:59:60 UTC)", civil.second_at};
    utc -= 1;
    fraction = 999'999'999;
  }
  const std::optional<std::int64_t> ns = nanoseconds(utc, fraction);
  if (!ns) return {0, in_range_of_time, civil.date_at};
  return {*ns};
}

}  // namespace csv
