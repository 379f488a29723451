#include "row_rules.hpp"

#include "blanks.hpp"
#include "parsed.hpp"
#include "similar_name.hpp"
#include "time.hpp"
#include "time_format.hpp"

#include <algorithm>

namespace csv {
namespace {

// Spreadsheets leave such rows at the end of a file.
bool is_empty(const Record& row) {
  for (std::size_t field = 0; field < row.fields(); ++field)
    if (!row.text(field).empty() || row.was_quoted(field)) return false;
  return row.fields() > 1;
}

std::string whole(const Record& row) {
  return row.size() > row.raw().size() ? shown(row.raw()) + ", " + std::to_string(row.size()) + " bytes in all"
                                       : shown(row.raw());
}

// What to do about a field, or about what is wrong in it beside the blanks around it.
template <class Rules>
std::string advice_on(std::string_view text, const std::string& blanks, const Rules& rules) {
  if (blanks.empty()) return rules.hint(text);
  text = without_blanks(text);
  const std::string hint = rules.parse(text) ? "" : rules.hint(text);
  return hint.empty() ? blanks : blanks + "; " + hint;
}

// A text with digits that no date of the calendar makes a time of RFC 3339.
bool is_of_unknown_form(std::string_view text) {
  const auto time = parse_time(text, nullptr);
  return !time && time.expected == std::string_view(a_time) && text.find_first_of("0123456789") != text.npos;
}

std::string found_in(const char* column, std::string_view text, const std::string& hint) {
  return shown(text) + " in column `" + column + "`" + (hint.empty() ? "" : "; " + hint);
}

}  // namespace

void RowRules::start(const Columns& columns) {
  columns_ = columns;
  if (!form_.times.format || form_.times.format->has_clock() || !columns_.more_time.empty()) return;
  const auto clock = std::ranges::find_if(columns_.ignored, is_called_clock, &Columns::Ignored::name);
  if (clock == columns_.ignored.end()) return;
  host_.log(
      penstock::LogLevel::warning,
      file_ + ": `format` has no time of day, so every time is that of midnight; if it " + advice_on_both(*clock));
}

std::variant<Row, BlankRow, BadRow> RowRules::read(const Record& row) {
  if (row.blank()) return BlankRow();
  if (row.expected()) return BadRow{row.wrong(), row.expected(), whole(row)};
  if (row.raw().starts_with("\xEF\xBB\xBF"))
    return BadRow{row.place(0), "no byte order mark behind the start of the file", whole(row)};
  if (row.fields() != columns_.count) return bad_count(row);
  if (is_empty(row)) return BlankRow();

  Row read{{form_.constants.sensor_id}, {}, {}, {{form_.constants.unit}, form_.constants.unit != KeyCache::none}};
  if (columns_.sensor_id != absent) {
    const auto sensor = intern(row.text(columns_.sensor_id), sensors_, false);
    if (!sensor) return bad_field(row, columns_.sensor_id, sensor, "sensor_id");
    read.sensor_id = sensor.value;
  }
  const std::string time_text = text_of_time(row);
  const auto time = read_time(row, time_text);
  if (!time) return bad_time(row, time_text, time);
  read.timestamp = {time.value};
  const std::string_view text = row.text(columns_.value);
  const auto value = form_.values.parse(text);
  if (!value)
    return bad_field(row, columns_.value, value, "value", advice_on(text, advise_on_blanks(text), form_.values));
  read.value = value.value;
  if (columns_.unit != absent) {
    // An empty field is null; an empty text has quotes, as csv_writer writes it.
    const std::string_view name = row.text(columns_.unit);
    read.unit = {};
    if (row.was_quoted(columns_.unit) || !form_.values.is_null(name)) {
      const auto unit = intern(name, units_, true);
      if (!unit) return bad_field(row, columns_.unit, unit, "unit");
      read.unit = unit.value;
    }
  }
  return read;
}

RegularRows::Form RowRules::regular_form() const {
  return {columns_,
          form_.constants,
          form_.record.symbols(),
          form_.record.max_record,
          &form_.values,
          &form_.times,
          form_.times.unit ? &takes_all_times_ : nullptr};
}

BadRow RowRules::bad_count(const Record& row) const {
  const bool extra = row.fields() > columns_.count;
  return {row.place(extra ? columns_.count : 0), std::to_string(columns_.count) + " fields",
          std::to_string(row.fields())};
}

template <class T>
BadRow RowRules::bad_field(const Record& row, std::size_t field, const Parsed<T>& parsed, const char* column,
                           const std::string& hint) const {
  return {row.place(field, parsed.at), parsed.expected, found_in(column, row.text(field), hint)};
}

// The text may stand in several columns.
BadRow RowRules::bad_time(const Record& row, const std::string& text, const Parsed<std::int64_t>& time) const {
  std::size_t column = columns_.timestamp, at = time.at;
  std::string blanks = advise_on_blanks(row.text(column));
  for (const std::size_t next : columns_.more_time)
    if (blanks.empty()) blanks = advise_on_blanks(row.text(next));
  for (const std::size_t next : columns_.more_time) {
    if (at <= row.text(column).size()) break;
    at -= row.text(column).size() + 1;
    column = next;
  }
  // A setting holds for the whole column: it would break the rows whose times were read without it.
  std::string hint = has_times_ ? blanks : advice_on_clock(row, text);
  if (!has_times_ && hint.empty()) hint = advice_on(text, blanks, form_.times);
  if (!has_times_ && hint.empty() && !form_.times.format && !form_.times.unit && is_of_unknown_form(text))
    hint = "or set `format`, such as `%d %b %Y %H:%M`";
  return {row.place(column, at), time.expected, found_in("timestamp", text, hint)};
}

std::string RowRules::advice_on_both(const Columns::Ignored& clock) const {
  const auto numbered = [](std::size_t column) { return "`timestamp=#" + std::to_string(column + 1) + "`"; };
  return "stands in column " + clock.name + ": write both in `fields`, " + numbered(columns_.timestamp) + " and " +
         numbered(clock.index);
}

// A date whose time of day stands in a column that is not used: a form for the date alone would read every row, as of
// midnight.
std::string RowRules::advice_on_clock(const Record& row, std::string_view date) const {
  if (!columns_.more_time.empty() || !is_only_a_date(date)) return "";
  const auto is_clock = [&](const Columns::Ignored& column) { return is_only_a_clock(row.text(column.index)); };
  const auto clock = std::ranges::find_if(columns_.ignored, is_clock);
  if (clock == columns_.ignored.end()) return "";
  return "its time of day " + advice_on_both(*clock);
}

// A name is checked when it is new: what was read before is known to be good.
Parsed<penstock::Key> RowRules::intern(std::string_view text, KeyCache& known, bool may_be_empty) {
  if (const std::int32_t code = known.find(text); code != KeyCache::none) return {{code}};
  const std::string converted = form_.is_latin1 ? from_latin1(text) : std::string();
  const auto name = parse_name(form_.is_latin1 ? converted : text);
  if (!name && !(text.empty() && may_be_empty)) return {{}, name.expected, name.at};
  const penstock::Key key = host_.intern(name.value);
  known.add(text, key.code);
  return {key};
}

Parsed<std::int64_t> RowRules::read_time(const Record& row, const std::string& text) {
  const auto time = form_.times.parse(text);
  has_times_ = has_times_ || time;
  if (time && form_.times.unit && !takes_all_times_ && !is_likely(time.value)) {
    takes_all_times_ = true;
    const std::string hint = form_.times.hint(text);
    host_.log(penstock::LogLevel::warning, place_text(file_, row.place(columns_.timestamp)) + ": " + csv::shown(text) +
                                               " is no time between 1990 and 2100 in the unit `" + form_.time_unit +
                                               "`" + (hint.empty() ? "" : "; " + hint));
  }
  return time;
}

std::string RowRules::text_of_time(const Record& row) const {
  std::string text(row.text(columns_.timestamp));
  for (const std::size_t column : columns_.more_time) text.append(1, ' ').append(row.text(column));
  return text;
}

}  // namespace csv
