#include "record_maps.hpp"

#include <deque>

namespace penstock::bench {
namespace {

double value_of(const Record& record) { return std::get<double>(record.at("value")); }

struct Window {
  std::deque<double> last;
  double sum = 0;

  double add(double x) {
    last.push_back(x);
    sum += x;
    if (last.size() > window) {
      sum -= last.front();
      last.pop_front();
    }
    return sum / static_cast<double>(last.size());
  }
};

}  // namespace

std::vector<Record> make_records(const ReadingsView& readings) {
  std::vector<Record> records;
  records.reserve(readings.rows);
  for (std::size_t i = 0; i < readings.rows; ++i) {
    Record& record = records.emplace_back();
    record["sensor_id"] = key_text(static_cast<std::size_t>(readings.sensor_id[i]));
    record["timestamp"] = readings.timestamp[i];
    record["value"] = readings.value[i];
    record["unit"] = key_text(static_cast<std::size_t>(readings.unit[i]));
  }
  return records;
}

Totals process_records(std::vector<Record>& records) {
  std::erase_if(records, [](const Record& record) {
    const double value = value_of(record);
    return value < lowest || value > highest;
  });
  for (Record& record : records) record["normalized"] = (value_of(record) - lowest) / (highest - lowest);
  std::unordered_map<std::string, Window> windows;
  for (Record& record : records)
    record["rolling_avg"] = windows[std::get<std::string>(record.at("sensor_id"))].add(value_of(record));

  Totals totals;
  totals.rows = records.size();
  for (const Record& record : records) {
    totals.normalized += std::get<double>(record.at("normalized"));
    totals.rolling_avg += std::get<double>(record.at("rolling_avg"));
  }
  return totals;
}

}  // namespace penstock::bench
