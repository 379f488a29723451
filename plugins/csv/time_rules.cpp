#include "time_rules.hpp"

#include "time.hpp"

namespace csv {
namespace {

const char* in_full(std::string_view unit) {
  return unit == "s" ? "seconds" : unit == "ms" ? "milliseconds" : unit == "us" ? "microseconds" : "nanoseconds";
}

}  // namespace

Parsed<std::int64_t> TimeRules::parse(std::string_view text) const {
  if (unit) return parse_epoch(text, *unit, point);
  const Zone* const place = zone ? &*zone : nullptr;
  if (!format) return parse_time(text, place);
  const auto civil = format->parse(text);
  if (!civil) return {0, civil.expected, civil.at};
  auto time = to_utc(civil.value, place);
  if (!time && time.at == civil.value.offset_at && format->ends_with_letter_z())
    time = {0, "`%z` at the end of `format` (its `Z` is a letter like any other there)", time.at - 1};
  return time;
}

std::string TimeRules::hint(std::string_view text) const {
  if (const std::string_view inner = inside_apostrophes(text); !inner.empty() && parse(inner))
    return std::string(advice_on_apostrophes);
  if (const std::string likely = guess_unit(text, point); !likely.empty()) {
    if (!unit) return "set `time_unit: " + likely + "` if these are " + in_full(likely) + " since 1970";
    return "did you mean `time_unit: " + likely + "`?";
  }
  if (unit) return parse_time(text, nullptr) ? "leave `time_unit` out" : "";
  static const Zone utc("UTC");
  if (format ? static_cast<bool>(format->parse(text)) : static_cast<bool>(parse_time(text, &utc))) return "";
  if (parse_time(text, &utc)) return "leave `format` out";
  std::vector<std::string> forms = guess_formats(text);
  const bool by_day_or_month = forms.size() == 2 && forms[0].starts_with("%d") && forms[1].starts_with("%m");
  const bool lacks_offset = !forms.empty() && !forms[0].ends_with("%z") && !zone;
  const bool is_in_utc = !forms.empty() && (forms[0].ends_with(" UTC") || forms[0].ends_with(" GMT"));
  for (std::string& form : forms) form = "`format: \"" + form + "\"`";
  const std::string formats = by_day_or_month
                                  ? "set " + forms[0] + " if the day comes first, " + forms[1] + " if the month does"
                                  : set_one_of(forms);
  return formats + (!lacks_offset ? ""
                    : is_in_utc   ? "; and `zone: UTC`"
                                  : "; and `zone: UTC`, or where the clock stood, as the time has no offset");
}

}  // namespace csv
