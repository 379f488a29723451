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
  const std::vector<std::string> forms = guess_formats(text);
  if (forms.empty() || (!format && parse_time(text, nullptr))) return "";
  if (forms.size() == 2)
    return "set " + set(forms[0]) + " if the day comes first, " + set(forms[1]) + " if the month does";
  return "set " + set(forms[0]);
}

}  // namespace csv
