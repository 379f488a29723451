#include "regular_rows.hpp"

#include "plain_number.hpp"

#include <algorithm>
#include <bit>

namespace csv {
namespace {

std::uint64_t first_bits(std::size_t count) { return count < 64 ? (std::uint64_t{1} << count) - 1 : ~std::uint64_t{0}; }

// Clears the bits from `first` on that are set in `mask`.
void clear_bits(std::uint64_t* words, std::size_t first, std::uint64_t mask) {
  if (mask == 0) [[likely]]
    return;
  const std::size_t shift = first % 64;
  words[first / 64] &= ~(mask << shift);
  if (shift != 0 && mask >> (64 - shift) != 0) words[first / 64 + 1] &= ~(mask >> (64 - shift));
}

}  // namespace

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
  split_.columns = form.columns.count;
  constexpr std::size_t enough_fields = 4096;  // however many columns there are
  split_.most = std::clamp<std::size_t>(enough_fields / split_.columns, 1, most_rows);
  split_.fields.resize(split_.most * split_.columns);
  last_unit_ = {};
  pace_ = most_rows;
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

// Goes to the first separator from `at` on; the one before it is made to stand just before `at`.
void RegularRows::seek(const char* at) {
  const auto begin = static_cast<std::int32_t>(at - base_);
  while (next_ < last_ && positions_[next_] < begin) ++next_;
  positions_[next_ - 1] = begin - 1;
}

// A row without quotes: as many separators as columns, all of them delimiters but the last one.
[[gnu::always_inline]] inline bool RegularRows::is_plain(const Shape& shape, std::size_t first, bool cr) const {
  const std::int32_t* const separator = positions_.data() + first;
  const char* const at = base_ + separator[-1] + 1;
  const char* const end = base_ + separator[shape.count - 1];
  bool plain = *end == '\n' && (end[-1] == '\r') == cr && *at != '\xEF';
  for (std::size_t i = 0; i + 1 < shape.count; ++i) plain &= base_[separator[i]] == form_.symbols.delimiter;
  return plain && static_cast<std::size_t>(end - at) <= form_.max_record;
}

// How many plain rows come from this separator on, all with the same ends of line.
[[gnu::always_inline]] inline std::size_t RegularRows::count_plain(const Shape& shape, std::size_t separator,
                                                                   std::size_t most, bool& cr) const {
  if (!shape.one_time_column || last_ - separator < shape.count) return 0;
  cr = base_[positions_[separator + shape.count - 1] - 1] == '\r';
  std::size_t count = 0;
  for (; count < most && last_ - separator >= shape.count; separator += shape.count) {
    if (!is_plain(shape, separator, cr)) break;
    ++count;
  }
  return count;
}

// Any row whose quotes stand around whole fields. How many separators it has; 0: it is not regular, or cut.
std::size_t RegularRows::split_row(const std::size_t first) {
  const std::int32_t* separator = positions_.data() + first;
  const std::int32_t* const end = positions_.data() + last_;
  const std::int32_t at = separator[-1] + 1;
  std::int32_t begin = at;
  const auto symbol = [&] { return base_[*separator]; };
  const auto is_cut = [&] {
    split_.cut = separator == end;
    return split_.cut;
  };
  if (base_[at] == '\xEF') return 0;
  Field* const fields = split_.fields.data() + split_.count * split_.columns;
  std::size_t lines_inside = 0;
  bool quoted_unit = false;
  for (std::size_t column = 0; column < split_.columns; ++column) {
    if (is_cut()) return 0;
    const bool quoted = *separator == begin && symbol() == form_.symbols.quote && symbol() != '\n';
    if (quoted) {
      ++begin;
      while (++separator != end && symbol() != form_.symbols.quote) lines_inside += symbol() == '\n';
      if (is_cut()) return 0;
    }
    std::int32_t last = *separator;
    if (quoted) {
      ++separator;
      if (is_cut()) return 0;
      const bool cr = base_[last + 1] == '\r' && symbol() == '\n';
      if (*separator != last + 1 + cr) return 0;
    }
    const bool ends_row = symbol() == '\n';
    if (ends_row != (column + 1 == split_.columns) || (!ends_row && symbol() != form_.symbols.delimiter)) return 0;
    if (ends_row && !quoted && last > begin && base_[last - 1] == '\r') --last;
    fields[column] = {base_ + begin, static_cast<std::size_t>(last - begin)};
    if (column == form_.columns.unit) quoted_unit = quoted;
    begin = *separator++ + 1;
  }
  if (static_cast<std::size_t>(begin - 1 - at) > form_.max_record) return 0;
  split_.quoted_units |= std::uint64_t{quoted_unit} << split_.count;
  split_.lines_inside = lines_inside;
  return static_cast<std::size_t>(separator - positions_.data()) - first;
}

// Up to `most` rows that are not plain. One with lines inside is the last of them.
void RegularRows::split(const Shape& shape, std::size_t most) {
  split_.count = split_.lines_inside = 0;
  split_.quoted_units = 0;
  split_.cut = false;
  std::size_t separator = next_;
  split_.separator[0] = separator;
  while (split_.count < std::min(most, split_.most) && split_.lines_inside == 0) {
    bool cr = false;
    if (count_plain(shape, separator, 1, cr) != 0) break;
    const std::size_t count = split_row(separator);
    if (count == 0) break;
    if (!shape.one_time_column) {
      Field* const fields = split_.fields.data() + split_.count * split_.columns;
      std::string& joined = joined_times_[split_.count];
      joined = fields[shape.timestamp].view();
      for (const std::size_t column : form_.columns.more_time) joined.append(1, ' ').append(fields[column].view());
      fields[shape.timestamp] = {joined.data(), joined.size()};
    }
    separator += count;
    split_.separator[++split_.count] = separator;
  }
}

// What plain_number() left to the rules.
bool RegularRows::read_value(std::string_view field, double& value, bool& valid) const {
  const auto parsed = form_.values->parse(field);
  value = parsed.value.value;
  valid = parsed.value.valid;
  return parsed && !parsed.value.underflow;  // which is counted
}

// What is no plain time.
bool RegularRows::read_time(std::string_view field, std::int64_t& ns) const {
  const auto time = form_.times->parse(field);
  ns = time.value;
  return time && (form_.takes_all_times == nullptr || *form_.takes_all_times || is_likely(ns));
}

template <class Source>
[[gnu::always_inline]] inline std::size_t RegularRows::read_times(const Shape& shape, const Source& source,
                                                                  std::size_t count, penstock::Time* times) {
  std::uint64_t left = first_bits(count);
  if (shape.plain_times && together_ != nullptr) {
    for (std::size_t row = 0; row < count; ++row) {
      const Field field = source.field(shape.timestamp, row);
      times_.put(row, field.text, field.size);
    }
    left &= together_->read_times(times_, count, plain_time_.minute());
    for (std::size_t row = 0; row < count; ++row) times[row].ns = times_.ns[row];
  }
  for (; left != 0; left &= left - 1) {
    const auto row = static_cast<std::size_t>(std::countr_zero(left));
    const Field field = source.field(shape.timestamp, row);
    if (shape.plain_times && plain_time_.parse(field.text, field.size, times[row].ns)) [[likely]]
      continue;
    if (!read_time(field.view(), times[row].ns)) return row;
  }
  return count;
}

template <class Source>
[[gnu::always_inline]] inline std::size_t RegularRows::read_values(const Shape& shape, const Source& source,
                                                                   std::size_t count, double* values,
                                                                   std::uint64_t& nulls) {
  std::uint64_t left = first_bits(count);
  if (shape.plain_values && together_ != nullptr) {
    for (std::size_t row = 0; row < count; ++row) {
      const Field field = source.field(shape.value, row);
      numbers_.put(row, field.text, field.size);
    }
    left &= together_->read_numbers(numbers_, count, shape.point);
    std::copy_n(numbers_.value.data(), count, values);
  }
  for (; left != 0; left &= left - 1) {
    const auto row = static_cast<std::size_t>(std::countr_zero(left));
    const Field field = source.field(shape.value, row);
    if (shape.plain_values && plain_number(field.text, field.size, shape.point, values[row])) [[likely]]
      continue;
    bool valid = true;
    if (!read_value(field.view(), values[row], valid)) return row;
    nulls |= std::uint64_t{!valid} << row;
  }
  return count;
}

template <class Source>
[[gnu::always_inline]] inline std::size_t RegularRows::read_sensors(const Shape& shape, const Source& source,
                                                                    std::size_t count, penstock::Key* sensors) {
  if (shape.sensor_id == absent) {
    std::fill_n(sensors, count, penstock::Key{form_.constants.sensor_id});
    return count;
  }
  for (std::size_t row = 0; row < count; ++row) {
    const Field field = source.field(shape.sensor_id, row);
    std::int32_t code = sensors_->find(field.text, field.size);
    if (code == KeyCache::none) [[unlikely]] {
      if (new_sensors_ != nullptr) code = new_sensors_->add(field.view());
      if (code == KeyCache::none) return row;
    }
    sensors[row].code = code;
  }
  return count;
}

// Whether all rows have the unit that was read last.
template <class Source>
[[gnu::always_inline]] inline bool RegularRows::is_last_unit(const Shape& shape, const Source& source,
                                                             std::size_t count) const {
  if (last_unit_.size == 0) return false;
  const std::size_t shift = 64 - 8 * last_unit_.size;
  std::uint64_t unlike = 0;
  for (std::size_t row = 0; row < count; ++row) {
    const Field field = source.field(shape.unit, row);
    unlike |= (load8(field.text) << shift ^ last_unit_.word) | (field.size ^ last_unit_.size);
  }
  return unlike == 0;
}

template <class Source>
[[gnu::always_inline]] inline std::size_t RegularRows::read_units(const Shape& shape, const Source& source,
                                                                  std::size_t count, penstock::Key* units,
                                                                  std::uint64_t& nulls) {
  if (shape.unit == absent) {
    std::fill_n(units, count, penstock::Key{form_.constants.unit});
    if (form_.constants.unit == KeyCache::none) nulls = ~std::uint64_t{0};
    return count;
  }
  if (is_last_unit(shape, source, count)) [[likely]] {
    std::fill_n(units, count, penstock::Key{last_unit_.code});
    return count;
  }
  for (std::size_t row = 0; row < count; ++row) {
    const Field field = source.field(shape.unit, row);
    const bool is_null =
        !source.has_quoted_unit(row) && (shape.plain_values ? field.size == 0 : form_.values->is_null(field.view()));
    std::int32_t code = KeyCache::none;
    if (is_null) {
      nulls |= std::uint64_t{1} << row;
    } else {
      code = units_->find(field.text, field.size);
      if (code == KeyCache::none && new_units_ != nullptr) code = new_units_->add(field.view(), true);
      if (code == KeyCache::none) return row;
      const bool fits = field.size - 1 < 8 && !source.has_quoted_unit(row);
      if (fits) last_unit_ = {load8(field.text) << (64 - 8 * field.size), field.size, code};
    }
    units[row].code = code;
  }
  return count;
}

// The columns in which a row is refused the most come first, those to which names are added last.
template <class Source>
[[gnu::always_inline]] inline std::size_t RegularRows::read(const Shape& shape, const Source& source, std::size_t count,
                                                            Rows& rows) {
  std::uint64_t null_values = 0, null_units = 0;
  count = read_times(shape, source, count, rows.timestamp + rows.count);
  count = read_values(shape, source, count, rows.value + rows.count, null_values);
  count = read_units(shape, source, count, rows.unit + rows.count, null_units);
  count = read_sensors(shape, source, count, rows.sensor_id + rows.count);
  clear_bits(rows.value_valid, rows.count, null_values & first_bits(count));
  clear_bits(rows.unit_valid, rows.count, null_units & first_bits(count));
  rows.count += count;
  return count;
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
  if (base_ != nullptr && at < indexed_) seek(at);
  while (rows.count < rows.capacity && at < end) {
    if (base_ == nullptr || at >= indexed_) index(at, end);
    const std::size_t most = std::min(pace_, rows.capacity - rows.count);
    bool cr = false;
    std::size_t count = count_plain(shape, next_, most, cr), good = 0;
    if (count != 0) [[likely]] {
      good = read(shape, PlainRows{base_, positions_.data() + next_, shape.count, cr}, count, rows);
      next_ += good * shape.count;
    } else {
      split(shape, most);
      count = split_.count;
      if (count == 0) {
        // What the positions did not reach may be regular all the same: look from here.
        if (!split_.cut || base_ == at || indexed_ == end) break;
        index(at, end);
        continue;
      }
      good = read(shape, split_, count, rows);
      next_ = split_.separator[good];
      if (good == count) taken.lines += split_.lines_inside;
    }
    taken.lines += good;
    at = base_ + positions_[next_ - 1] + 1;
    if (good < count) {
      pace_ = 1;
      break;
    }
    pace_ = std::min(2 * pace_, most_rows);
  }
  taken.bytes = static_cast<std::size_t>(at - text.data());
  return taken;
}

}  // namespace csv
