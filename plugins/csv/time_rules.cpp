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
  const auto set = [](const std::string& form) { return "`format: \"" + form + "\"`"; };
  static const Zone utc("UTC");
  if (format ? static_cast<bool>(format->parse(text)) : static_cast<bool>(parse_time(text, &utc))) return "";
  if (parse_time(text, &utc)) return "leave `format` out";
  const std::vector<std::string> forms = guess_formats(text);
  if (forms.empty()) return "";
  if (forms.size() == 2 && forms[0].starts_with("%d") && forms[1].starts_with("%m"))
    return "set " + set(forms[0]) + " if the day comes first, " + set(forms[1]) + " if the month does";
  std::string hint = "set " + set(forms[0]);
  for (std::size_t i = 1; i < forms.size(); ++i) hint += " or " + set(forms[i]);
  return hint + (forms.size() > 1 ? ", as the file means it" : "");
}

}  // namespace csv
