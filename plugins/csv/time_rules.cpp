#include "time_rules.hpp"

#include "time.hpp"

namespace csv {

Parsed<std::int64_t> TimeRules::parse(std::string_view text) const {
  if (unit) return parse_epoch(text, *unit, point);
  const Zone* const place = zone ? &*zone : nullptr;
  if (!format) return parse_time(text, place);
  const auto civil = format->parse(text);
  if (!civil) return {0, civil.expected, civil.at};
  return to_utc(civil.value, place);
}

std::string TimeRules::hint(std::string_view text) const {
  if (const std::string likely = guess_unit(text, point); !likely.empty()) {
    if (!unit) return "set `time_unit: " + likely + "` if this is a number of them since 1970";
    return "did you mean `time_unit: " + likely + "`?";
  }
  if (unit) return parse_time(text, nullptr) ? "leave `time_unit` out" : "";
  static const Zone utc("UTC");
  if (format ? static_cast<bool>(format->parse(text)) : static_cast<bool>(parse_time(text, &utc))) return "";
  if (parse_time(text, &utc)) return "leave `format` out";
  std::vector<std::string> forms = guess_formats(text);
  const bool by_day_or_month = forms.size() == 2 && forms[0].starts_with("%d") && forms[1].starts_with("%m");
  for (std::string& form : forms) form = "`format: \"" + form + "\"`";
  if (by_day_or_month) return "set " + forms[0] + " if the day comes first, " + forms[1] + " if the month does";
  return set_one_of(forms);
}

}  // namespace csv
