#include "block_parser.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace csv {
namespace {

void make_room(ParsedBlock& block) {
  const std::size_t rows = std::max(2 * block.sensor_id.size(), block.size / 32 / 64 * 64 + 64);
  block.sensor_id.resize(rows);
  block.timestamp.resize(rows);
  block.value.resize(rows);
  block.unit.resize(rows);
  block.value_valid.resize(rows / 64, ~std::uint64_t{0});
  block.unit_valid.resize(rows / 64, ~std::uint64_t{0});
}

}  // namespace

BlockParser::BlockParser(std::size_t number, const RegularRows::Form& form, bool latin1)
    : number_(number), values_(*form.values), times_(*form.times), form_(form), sensors_(latin1), units_(latin1) {
  form_.values = &values_;
  form_.times = &times_;
  regular_.start(form_, sensors_.cache, units_.cache, &sensors_, &units_);
}

void BlockParser::parse(ParsedBlock& block) {
  block.parser = number_;
  block.rows = block.parsed = block.lines = 0;
  block.irregular.clear();
  std::fill(block.value_valid.begin(), block.value_valid.end(), ~std::uint64_t{0});
  std::fill(block.unit_valid.begin(), block.unit_valid.end(), ~std::uint64_t{0});
  if (block.sensor_id.empty()) make_room(block);
  regular_.forget();

  const std::string_view text = block.text();
  while (block.parsed < text.size()) {
    Rows rows{block.sensor_id.data(), block.timestamp.data(),  block.value.data(), block.value_valid.data(),
              block.unit.data(),      block.unit_valid.data(), block.rows,         block.sensor_id.size()};
    const RegularRows::Taken taken = regular_.take(text.substr(block.parsed), rows);
    block.rows = rows.count;
    block.parsed += taken.bytes;
    block.lines += taken.lines;
    if (rows.count == rows.capacity) {
      make_room(block);
      continue;
    }
    // A record without a quote ends with its line, whatever else is wrong with it.
    const std::string_view rest = text.substr(block.parsed);
    const std::size_t end = rest.find('\n');
    if (end == rest.npos || end > form_.max_record) break;
    if (form_.symbols.quote != '\n' && std::memchr(rest.data(), form_.symbols.quote, end) != nullptr) break;
    block.irregular.push_back({block.rows, block.parsed, end + 1, block.lines});
    block.parsed += end + 1;
    ++block.lines;
  }
  block.new_sensors = std::exchange(sensors_.added, {});
  block.new_units = std::exchange(units_.added, {});
}

}  // namespace csv
