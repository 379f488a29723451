#include "fields_by_number.hpp"

#include "number.hpp"
#include "time_rules.hpp"
#include "value_rules.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace csv {
namespace {

bool is_number(std::string_view text) {
  if (text.find_first_of("0123456789") == text.npos) return false;  // `nan` may be a name
  return parse_number(text) || !ValueRules().hint(text).empty();
}

bool is_time(std::string_view text) {
  TimeRules rules;
  rules.zone.emplace("UTC");
  return rules.parse(text) || !rules.hint(text).empty();
}

// The number of a column that is used no more then.
std::string take_first(std::vector<std::size_t>& columns) {
  if (columns.empty()) return "#N";
  const std::size_t first = columns.front();
  columns.erase(columns.begin());
  return "#" + std::to_string(first + 1);
}

}  // namespace

std::string fields_by_number(const Record& row, const Constants& constants) {
  std::vector<std::size_t> texts, numbers, times;
  for (std::size_t i = 0; i < row.fields(); ++i)
    if (const std::string_view text = row.text(i); !text.empty())
      (is_time(text) ? times : is_number(text) ? numbers : texts).push_back(i);
  if (numbers.empty() && times.empty()) return "";
  std::string items;
  if (!constants.sensor_id)
    items = "sensor_id=" + take_first(texts.empty() && numbers.size() > 1 ? numbers : texts) + ", ";
  items += "timestamp=" + take_first(times);
  items += ", value=" + take_first(numbers);
  if (!constants.unit && !texts.empty()) items += ", unit=" + take_first(texts);
  return items;
}

}  // namespace csv
