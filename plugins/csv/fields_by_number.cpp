#include "fields_by_number.hpp"

#include "number.hpp"
#include "time_format.hpp"
#include "time_rules.hpp"
#include "value_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace csv {
namespace {

constexpr std::size_t most_columns = 64;  // that are looked at: a header may have a million

bool is_number(std::string_view text) {
  if (text.find_first_of("0123456789") == text.npos) return false;  // `nan` may be a name
  return parse_number(text) || !ValueRules().hint(text).empty();
}

bool is_time(std::string_view text, const TimeRules& rules) { return rules.parse(text) || !rules.hint(text).empty(); }

// The number of a column that is used no more then.
std::string take_first(std::vector<std::size_t>& columns) {
  if (columns.empty()) return "#N";
  const std::size_t first = columns.front();
  columns.erase(columns.begin());
  return "#" + std::to_string(first + 1);
}

}  // namespace

std::string fields_by_number(const Record& row, const Constants& constants) {
  TimeRules rules;
  rules.zone.emplace("UTC");
  std::vector<std::size_t> texts, numbers, times, clocks;
  for (std::size_t i = 0; i < std::min(row.fields(), most_columns); ++i)
    if (const std::string_view text = row.text(i); !text.empty())
      (is_only_a_clock(text) ? clocks : is_time(text, rules) ? times : is_number(text) ? numbers : texts).push_back(i);
  const bool is_date = !times.empty() && is_only_a_date(row.text(times.front()));
  if (numbers.empty() && times.empty()) return "";
  std::string items;
  if (!constants.sensor_id)
    items = "sensor_id=" + take_first(texts.empty() && numbers.size() > 1 ? numbers : texts) + ", ";
  items += "timestamp=" + take_first(times);
  if (is_date && !clocks.empty()) items += ", timestamp=" + take_first(clocks);
  items += ", value=" + take_first(numbers);
  if (!constants.unit && !texts.empty()) items += ", unit=" + take_first(texts);
  return items;
}

}  // namespace csv
