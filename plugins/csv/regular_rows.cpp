#include "regular_rows.hpp"

#include "plain_number.hpp"

#include <algorithm>

namespace csv {

static_assert(RegularRows::slack >= separators_slack && RegularRows::slack >= number_slack);

std::int32_t LocalKeys::add(std::string_view bytes, bool may_be_empty) {
  std::string text = latin1 ? from_latin1(bytes) : std::string(bytes);
  if (!parse_name(text) && !(text.empty() && may_be_empty)) return KeyCache::none;
  cache.add(bytes, count);
  added.push_back(std::move(text));
  return count++;
}

void RegularRows::start(const Form& form, KeyCache& sensors, KeyCache& units, LocalKeys* new_sensors,
                        LocalKeys* new_units) {
  form_ = form;
  const Columns& columns = form.columns;
  shape_ = {columns.sensor_id,
            columns.timestamp,
            columns.value,
            columns.unit,
            columns.count,
            form.times->are_rfc_3339() && columns.more_time.empty(),
            form.values->nulls.empty(),
            form.values->point,
            columns.more_time.empty()};
  sensors_ = &sensors;
  units_ = &units;
  new_sensors_ = new_sensors;
  new_units_ = new_units;
  positions_.resize(1 + window + separators_slack);
  forget();
}

void RegularRows::index(const char* from, const char* end) {
  const std::size_t size = std::min(window, static_cast<std::size_t>(end - from));
  base_ = from;
  indexed_ = from + size;
  next_ = 1;
  last_ = 1 + find_(from, size, form_.symbols, positions_.data() + 1);
  positions_[0] = -1;
}

// The first separator from `at` on; the one before it is made to stand just before `at`.
const std::int32_t* RegularRows::seek(const char* at) {
  const auto begin = static_cast<std::int32_t>(at - base_);
  while (next_ < last_ && positions_[next_] < begin) ++next_;
  positions_[next_ - 1] = begin - 1;
  return positions_.data() + next_;
}

// A row without quotes: `count` separators, all of them delimiters but the last one.
[[gnu::always_inline]] inline bool RegularRows::split_plain(const Shape& shape, const char* at,
                                                            const std::int32_t* separator, Fields& fields) {
  const std::size_t last = shape.count - 1;
  const char* const base = base_;
  const char* const end = base + separator[last];
  bool plain = *end == '\n';
  for (std::size_t i = 0; i < last; ++i) plain &= base[separator[i]] == form_.symbols.delimiter;
  if (!plain || static_cast<std::size_t>(end - at) > form_.max_record) return false;
  const bool cr = end[-1] == '\r';
  const auto field = [&](std::size_t column) -> Field {
    if (column == absent) return {at, 0};
    const std::int32_t begin = separator[static_cast<std::ptrdiff_t>(column) - 1] + 1;
    return {base + begin, static_cast<std::size_t>(separator[column] - begin) - (cr && column == last)};
  };
  fields = {field(shape.sensor_id), field(shape.timestamp), field(shape.value), field(shape.unit), false};
  if (!shape.one_time_column && !form_.columns.more_time.empty()) {
    joined_time_.assign(fields.timestamp.text, fields.timestamp.size);
    for (const std::size_t column : form_.columns.more_time) {
      const Field more = field(column);
      joined_time_.append(1, ' ').append(more.text, more.size);
    }
    fields.timestamp = {joined_time_.data(), joined_time_.size()};
  }
  return true;
}

// A row with quotes around whole fields.
RegularRows::Split RegularRows::split_quoted(const char* const at, const std::int32_t* separator,
                                             const std::int32_t* const end, Fields& fields) const {
  constexpr Split cut{nullptr, true, 0}, irregular{nullptr, false, 0};
  if (!form_.columns.more_time.empty()) return irregular;
  auto begin = static_cast<std::int32_t>(at - base_);
  const auto symbol = [&] { return base_[*separator]; };
  fields = {{at, 0}, {at, 0}, {at, 0}, {at, 0}, false};
  std::size_t lines_inside = 0;
  for (std::size_t column = 0; column < form_.columns.count; ++column) {
    if (separator == end) return cut;
    const bool quoted = *separator == begin && symbol() == form_.symbols.quote && symbol() != '\n';
    if (quoted) {
      ++begin;
      while (++separator != end && symbol() != form_.symbols.quote) lines_inside += symbol() == '\n';
      if (separator == end) return cut;
    }
    std::int32_t last = *separator;
    if (quoted) {
      if (++separator == end) return cut;
      const bool cr = base_[last + 1] == '\r' && symbol() == '\n';
      if (*separator != last + 1 + cr) return irregular;
    }
    const bool ends_row = symbol() == '\n';
    if (ends_row != (column + 1 == form_.columns.count) || (!ends_row && symbol() != form_.symbols.delimiter))
      return irregular;
    if (ends_row && !quoted && last > begin && base_[last - 1] == '\r') --last;

    const Field field{base_ + begin, static_cast<std::size_t>(last - begin)};
    if (column == form_.columns.sensor_id) fields.sensor_id = field;
    if (column == form_.columns.timestamp) fields.timestamp = field;
    if (column == form_.columns.value) fields.value = field;
    if (column == form_.columns.unit) fields.unit = field, fields.quoted_unit = quoted;
    begin = *separator++ + 1;
  }
  if (static_cast<std::size_t>(base_ + begin - 1 - at) > form_.max_record) return irregular;
  return {separator, false, lines_inside};
}

// What plain_number() left to the rules.
bool RegularRows::read_value(const Field& field, Row& row) const {
  const auto value = form_.values->parse({field.text, field.size});
  row.value = value.value.value;
  row.value_valid = value.value.valid;
  return value && !value.value.underflow;  // which is counted
}

// What is no plain time.
bool RegularRows::read_time(const Field& field, std::int64_t& ns) {
  const auto time = form_.times->parse({field.text, field.size});
  ns = time.value;
  return time && (form_.takes_all_times == nullptr || *form_.takes_all_times || is_likely(ns));
}

[[gnu::always_inline]] inline bool RegularRows::read(const Shape& shape, const Fields& fields, Row& row) {
  row.sensor_id = form_.constants.sensor_id;
  if (shape.sensor_id != absent) row.sensor_id = sensors_->find(fields.sensor_id.text, fields.sensor_id.size);
  if (row.sensor_id == KeyCache::none && new_sensors_ == nullptr) return false;

  if (!shape.plain_times || !plain_time_.parse(fields.timestamp.text, fields.timestamp.size, row.time))
    if (!read_time(fields.timestamp, row.time)) return false;

  row.value_valid = true;
  if (!shape.plain_values || !plain_number(fields.value.text, fields.value.size, shape.point, row.value))
    if (!read_value(fields.value, row)) return false;

  row.unit = form_.constants.unit;
  row.unit_valid = row.unit != KeyCache::none;
  if (shape.unit != absent) {
    const Field& unit = fields.unit;
    row.unit_valid =
        fields.quoted_unit || (shape.plain_values ? unit.size != 0 : !form_.values->is_null({unit.text, unit.size}));
    if (row.unit_valid) row.unit = units_->find_again(unit.text, unit.size);
    if (row.unit_valid && row.unit == KeyCache::none) return new_units_ != nullptr && read_new(fields, row);
  }
  return row.sensor_id != KeyCache::none || read_new(fields, row);
}

// Adds the names of a row that is good in all else.
bool RegularRows::read_new(const Fields& fields, Row& row) {
  if (row.sensor_id == KeyCache::none)
    row.sensor_id = new_sensors_->add({fields.sensor_id.text, fields.sensor_id.size});
  if (row.unit_valid && row.unit == KeyCache::none)
    row.unit = new_units_->add({fields.unit.text, fields.unit.size}, true);
  return row.sensor_id != KeyCache::none && (!row.unit_valid || row.unit != KeyCache::none);
}

inline void RegularRows::put(const Row& row, Rows& rows) {
  const std::size_t at = rows.count++;
  rows.sensor_id[at].code = row.sensor_id;
  rows.timestamp[at].ns = row.time;
  rows.value[at] = row.value;
  rows.unit[at].code = row.unit;
  const std::uint64_t bit = std::uint64_t{1} << at % 64;
  if (!row.value_valid) rows.value_valid[at / 64] &= ~bit;
  if (!row.unit_valid) rows.unit_valid[at / 64] &= ~bit;
}

RegularRows::Taken RegularRows::take(std::string_view text, Rows& rows) {
  static constexpr Shape usual{0, 1, 2, 3, 4, true, true, '.', true};
  return shape_ == usual ? take_shaped(usual, text, rows) : take_shaped(shape_, text, rows);
}

// Inlined for each shape: what is known of it at compile time is not asked again for each row.
[[gnu::always_inline]] inline RegularRows::Taken RegularRows::take_shaped(const Shape& shape, std::string_view text,
                                                                          Rows& rows) {
  const char* at = text.data();
  const char* const end = at + text.size();
  Taken taken;
  bool regular = true;
  while (regular && rows.count < rows.capacity && at < end) {
    if (base_ == nullptr || at >= indexed_) index(at, end);
    const std::int32_t* separator = seek(at);
    const std::int32_t* const last = positions_.data() + last_;
    while (rows.count < rows.capacity) {
      Split split{nullptr, true, 0};
      Fields fields;
      Row row;
      if (static_cast<std::size_t>(last - separator) >= shape.count) [[likely]] {
        split = {separator + shape.count, false, 0};
        if (!split_plain(shape, at, separator, fields)) [[unlikely]]
          split = split_quoted(at, separator, last, fields);
      }
      regular = split.next != nullptr && *at != '\xEF' && read(shape, fields, row);
      if (!regular) {
        // What the positions did not reach may be regular all the same: look from here.
        if (split.cut && base_ != at && indexed_ < end) {
          index(at, end);
          regular = true;
        }
        break;
      }
      put(row, rows);
      taken.lines += 1 + split.lines_inside;
      separator = split.next;
      at = base_ + separator[-1] + 1;
    }
    if (regular && base_ == at) continue;
    next_ = static_cast<std::size_t>(separator - positions_.data());
  }
  taken.bytes = static_cast<std::size_t>(at - text.data());
  return taken;
}

}  // namespace csv
