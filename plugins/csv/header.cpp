#include "header.hpp"

#include "blanks.hpp"
#include "fields_by_number.hpp"
#include "file_kind.hpp"
#include "parsed.hpp"
#include "similar_name.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>

namespace csv {
namespace {

// CR LF may stand in a quoted field; CR alone ends lines of a file that was made for another kind of machine.
bool has_lone_carriage_return(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n') return true;
  return false;
}

// Whether a name can stand in a list of YAML as it is.
bool is_plain(std::string_view name) {
  constexpr std::string_view harmless = "_-./() ";
  return !name.empty() && name.front() != '-' && without_blanks(name).size() == name.size() &&
         std::ranges::all_of(name, [&](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte >= 0x80 || std::isalnum(byte) != 0 || harmless.find(c) != harmless.npos;
         });
}

// Of a place in a file that is named already.
std::string line_and_column(const Place& place) {
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

class Finder {
 public:
  Finder(const Record& header, const std::string& file, bool latin1) : header_(header), file_(file) {
    for (std::size_t i = 0; i < header.fields(); ++i)
      names_.push_back(latin1 ? from_latin1(header.text(i)) : std::string(header.text(i)));
  }

  // `wanted`: as the operator calls it, or the name of the field itself. What is missing is absent until it is refused.
  std::size_t find(std::string_view field, std::string_view wanted, bool required, bool constant) {
    if (const std::size_t index = FieldMap::index_of(wanted); index != absent) return at(field, index);
    std::size_t found = absent, near = absent;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (!resembles(names_[i], wanted) && names_[i] != wanted) continue;
      if (near != absent)
        fail(i, "column " + shown(header_.text(near)) + " at " + line_and_column(header_.place(near)) + " and column " +
                    shown(header_.text(i)) + " here: which of them is `" + std::string(field) +
                    "`? Say it by its number, `fields: [" + std::string(field) + "=#" + std::to_string(i + 1) + "]`");
      near = i;
      if (names_[i] == wanted) found = i;
    }
    if (found != absent && constant)
      fail(found,
           "the file has a column `" + std::string(field) + "`: leave the parameter `" + std::string(field) + "` out");
    has_names_ = has_names_ || near != absent;
    if (found == absent && !constant && (required || near != absent)) missing_.push_back({field, wanted, near});
    return found;
  }

  // All of them at once.
  void refuse_missing(const Constants& constants) const {
    if (missing_.empty()) return;
    refuse_joined_times();
    const Missing& one = missing_.front();
    const auto is_there = [](const Missing& missing) { return missing.near != absent; };
    const std::string blanks = is_there(one) ? advise_on_blanks(header_.text(one.near)) : "";
    if (is_there(one) && (missing_.size() == 1 || !blanks.empty()))
      fail(one.near, "expected a column " + shown(one.wanted) + ", found " + shown(header_.text(one.near)) + "; " +
                         (blanks.empty() ? "write " + fields_of_missing() : blanks));
    if (const std::string hint = has_names_ ? "" : advise_on_kind(header_.raw()); !hint.empty())
      throw NotAHeader(place_of(0) + "expected a header with " + names_of_missing() + ", found " + shown(header_.raw()),
                       hint);
    if (const std::string hint = has_names_ ? "" : advise_on_delimiter(); !hint.empty())
      throw NotAHeader(
          place_of(0) + "expected several columns, found " + count_of_columns() + " in " + shown(header_.raw()), hint);
    std::string found;
    for (std::size_t i = 0; i < std::min<std::size_t>(header_.fields(), 8); ++i)
      found += (i ? ", " : "") + shown(header_.text(i));
    if (header_.fields() > 8) found += ", ... (" + std::to_string(header_.fields()) + " columns)";
    const std::string wrong = place_of(0) + "expected a header with " + names_of_missing() + ", found " + found;
    if (has_names_) throw std::runtime_error(wrong + "; " + advice(constants));
    throw NotAHeader(wrong, advice(constants));
  }

  std::size_t at(std::string_view field, std::size_t index) const {
    if (index < header_.fields()) return index;
    const std::string hint = advise_on_delimiter();
    fail(0, "expected a column " + std::to_string(index + 1) + " for `" + std::string(field) + "`, found " +
                count_of_columns() + (hint.empty() ? "" : "; " + hint));
  }

  [[noreturn]] void fail(std::size_t field, const std::string& what) const {
    throw std::runtime_error(place_of(field) + what);
  }

 private:
  struct Missing {
    std::string_view field, wanted;
    std::size_t near;  // the column that is called nearly so, or absent
  };

  std::string place_of(std::size_t field) const { return place_text(file_, header_.place(field)) + ": "; }

  // `date+time`: both are there.
  void refuse_joined_times() const {
    for (const Missing& one : missing_) {
      const std::size_t plus = one.wanted.find('+');
      if (one.field != "timestamp" || plus == one.wanted.npos) continue;
      const std::string first(one.wanted.substr(0, plus)), second(one.wanted.substr(plus + 1));
      if (std::ranges::count(names_, first) == 1 && std::ranges::count(names_, second) == 1)
        fail(0, "expected a column " + shown(one.wanted) + ", found " + shown(first) + " and " + shown(second) +
                    "; name `timestamp` twice: `fields: [timestamp=" + first + ", timestamp=" + second + "]`");
    }
  }

  std::string count_of_columns() const {
    return header_.fields() == 1 ? "1 column" : std::to_string(header_.fields()) + " columns";
  }

  std::size_t count_outside_quotes(char byte) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < header_.fields(); ++i)
      if (!header_.was_quoted(i)) count += static_cast<std::size_t>(std::ranges::count(header_.text(i), byte));
    return count;
  }

  // Nothing if no other byte stands between at least as many columns.
  std::string advise_on_delimiter() const {
    for (const auto& [byte, name] : {std::pair{';', "\";\""}, {'\t', "tab"}, {'|', "\"|\""}, {',', "\",\""}})
      if (byte != header_.delimiter() && count_outside_quotes(byte) >= std::max<std::size_t>(2, header_.fields()) - 1)
        return std::string("set `delimiter: ") + name + "` if that stands between them";
    return advise_on_blanks_between();
  }

  // Nothing unless the only field holds, among blanks, the names of all columns that are missing.
  std::string advise_on_blanks_between() const {
    if (header_.fields() != 1 || header_.was_quoted(0)) return "";
    const std::string_view text = without_blanks(header_.text(0));
    const std::string words = " " + std::string(text) + " ";
    const auto is_named = [&](const Missing& one) {
      return text != one.wanted && words.find(" " + std::string(one.wanted) + " ") != words.npos;
    };
    if (text.starts_with('#') || missing_.empty() || !std::ranges::all_of(missing_, is_named)) return "";
    return text.find("  ") == text.npos ? "set `delimiter: \" \"` if a blank stands between them"
                                        : "blanks align the columns: write one `,` between them in their place";
  }

  // `a column A`, `columns A, B and C`
  std::string names_of_missing() const {
    std::string names = missing_.size() == 1 ? "a column " : "columns ";
    for (std::size_t i = 0; i < missing_.size(); ++i)
      names += (i == 0 ? "" : i + 1 == missing_.size() ? " and " : ", ") + shown(missing_[i].wanted);
    return names;
  }

  // The column that is probably meant: one that is called so but for case and blanks, or the only one with a slip; else
  // absent.
  std::size_t meant_by(const Missing& missing) const {
    if (missing.near != absent) return missing.near;
    const auto near = [&](const std::string& name) { return is_near(name, missing.wanted); };
    if (std::ranges::count_if(names_, near) != 1) return absent;
    return static_cast<std::size_t>(std::ranges::find_if(names_, near) - names_.begin());
  }
  // Of `valve` for `value` nobody knows.
  bool is_guess(const Missing& missing) const { return missing.near == absent && meant_by(missing) != absent; }

  // Of two columns the date alone would read well, and every time be that of midnight.
  bool is_in_two_columns(const Missing& missing) const {
    return missing.field == "timestamp" && meant_by(missing) == absent && only_column(is_date) != absent &&
           only_column(is_clock) != absent;
  }

  std::string in_two_columns() const {
    return "timestamp=" + written(only_column(is_date)) + ", timestamp=" + written(only_column(is_clock));
  }

  static bool is_called_date(const std::string& name) { return has_word(name, "date") || has_word(name, "day"); }
  static bool is_date(const std::string& name) { return is_called_date(name) && !is_called_clock(name); }
  static bool is_clock(const std::string& name) { return is_called_clock(name) && !is_called_date(name); }

  // The only one whose name is such; else absent.
  std::size_t only_column(bool (*is_such)(const std::string&)) const {
    if (std::ranges::count_if(names_, is_such) != 1) return absent;
    return static_cast<std::size_t>(std::ranges::find_if(names_, is_such) - names_.begin());
  }

  // A column as an item of `fields` names it.
  std::string written(std::size_t column) const {
    return is_plain(names_[column]) ? names_[column] : "#" + std::to_string(column + 1);
  }

  std::string fields_of_missing() const {
    std::string items;
    for (const Missing& one : missing_) {
      if (is_in_two_columns(one)) {
        items += (items.empty() ? "" : ", ") + in_two_columns();
        continue;
      }
      const std::size_t meant = meant_by(one);
      items += (items.empty() ? "" : ", ") + std::string(one.field) + "=" + (meant == absent ? "NAME" : written(meant));
    }
    return "`fields: [" + items + "]`";
  }

  std::string advice(const Constants& constants) const {
    if (const std::string items = has_names_ ? "" : fields_by_number(header_, constants); !items.empty())
      return "if this is a row, set `header: none` and say which column is what, such as `fields: [" + items + "]`";
    const auto unknown = std::ranges::count_if(
        missing_, [&](const Missing& one) { return meant_by(one) == absent && !is_in_two_columns(one); });
    const bool of_one_sensor = std::ranges::count(missing_, "sensor_id", &Missing::field) > 0;
    const bool is_in_two = std::ranges::any_of(missing_, [&](const Missing& one) { return is_in_two_columns(one); });
    const bool is_guessed = std::ranges::any_of(missing_, [&](const Missing& one) { return is_guess(one); });
    return "say which column is which, " + fields_of_missing() + (is_guessed ? " if that is meant" : "") +
           (is_in_two ? ", if date and time are two columns" : "") +
           (unknown == 0   ? ""
            : unknown == 1 ? ", with the name of the column for NAME"
                           : ", with the name of a column for each NAME") +
           (of_one_sensor ? "; if all rows are of one sensor, set the parameter `sensor_id` to its name instead" : "");
  }

  const Record& header_;
  const std::string& file_;
  std::vector<std::string> names_;
  std::vector<Missing> missing_;
  bool has_names_ = false;  // some column is called as wanted, or nearly so
};

Columns resolve(Finder finder, const Record& header, const Constants& constants, const FieldMap& fields) {
  Columns columns;
  columns.count = header.fields();
  const auto find = [&](std::string_view field, bool required, bool constant) {
    const auto& wanted = fields.columns(field);
    return finder.find(field, wanted.empty() ? field : std::string_view(wanted[0]), required || !wanted.empty(),
                       constant);
  };
  columns.timestamp = find("timestamp", true, false);
  const auto& times = fields.columns("timestamp");
  for (std::size_t i = 1; i < times.size(); ++i)
    columns.more_time.push_back(finder.find("timestamp", times[i], true, false));
  columns.value = find("value", true, false);
  columns.sensor_id = find("sensor_id", true, constants.sensor_id);
  columns.unit = find("unit", false, constants.unit);
  finder.refuse_missing(constants);

  std::vector<std::size_t> used{columns.timestamp, columns.value, columns.sensor_id, columns.unit};
  used.insert(used.end(), columns.more_time.begin(), columns.more_time.end());
  std::erase(used, absent);
  std::sort(used.begin(), used.end());
  if (const auto twice = std::adjacent_find(used.begin(), used.end()); twice != used.end())
    finder.fail(*twice, "expected each field in a column of its own, found this one used twice");
  for (std::size_t i = 0; i < header.fields(); ++i)
    if (!std::binary_search(used.begin(), used.end(), i)) columns.ignored.push_back({i, shown(header.text(i))});
  return columns;
}

std::size_t position(std::string_view field) {
  const auto found = std::find(field_names.begin(), field_names.end(), field);
  return static_cast<std::size_t>(found - field_names.begin());
}

}  // namespace

NotAHeader::NotAHeader(const std::string& wrong, const std::string& advice)
    : std::runtime_error(advice.empty() ? wrong : wrong + "; " + advice), wrong_(wrong) {}

std::string place_text(const std::string& file, const Place& place) { return file + ":" + line_and_column(place); }

Columns find_columns(const Record& header, const std::string& file, const Constants& constants, const FieldMap& fields,
                     bool latin1) {
  if (header.expected())
    throw NotAHeader(place_text(file, header.wrong()) + ": expected a header with " + header.expected(),
                     advise_on_kind(header.raw()));
  if (header.blank())
    throw NotAHeader(place_text(file, header.place(0)) + ": expected a header, found a blank line",
                     "`skip: " + std::to_string(header.line()) + "` leaves it out");
  for (std::size_t i = 0; i < header.fields(); ++i)
    if (has_lone_carriage_return(header.text(i)))
      throw std::runtime_error(place_text(file, header.place(i)) +
                               ": expected a line that ends with LF or CRLF, found " + "a carriage return inside " +
                               shown(header.text(i).substr(0, 40)) + "; convert the file with `tr '\\r' '\\n'`");
  return resolve(Finder(header, file, latin1), header, constants, fields);
}

Columns number_columns(const Record& first, const std::string& file, const FieldMap& fields) {
  if (first.expected())
    throw std::runtime_error(place_text(file, first.wrong()) + ": expected a first row with " + first.expected());
  Columns columns = resolve(Finder(first, file, false), first, {true, true}, fields);
  for (Columns::Ignored& column : columns.ignored) column.name = std::to_string(column.index + 1);
  return columns;
}

FieldMap::FieldMap(const std::vector<std::string>& items) {
  for (const std::string& item : items) {
    const std::size_t equals = item.find('=');
    const std::string_view field = std::string_view(item).substr(0, equals);
    const std::size_t at = position(field);
    const std::string_view behind = equals == item.npos ? "" : std::string_view(item).substr(equals + 1);
    if (at == field_names.size() && position(behind) != field_names.size() && !field.empty())
      throw std::runtime_error("expected the column behind the `=`, found " + shown(item) +
                               "; write it the other way round: `" + std::string(behind) + "=" + std::string(field) +
                               "`");
    if (equals == item.npos || at == field_names.size() || equals + 1 == item.size())
      throw std::runtime_error("expected `sensor_id=`, `timestamp=`, `value=` or `unit=` and a column, found " +
                               shown(item));
    const std::string_view column = behind;
    if (column.starts_with('#') && column.find_first_not_of("0123456789", 1) == column.npos &&
        index_of(column) == absent)
      throw std::runtime_error("expected the number of a column, from #1, found " + shown(item));
    if (!columns_[at].empty() && field != "timestamp")
      throw std::runtime_error("expected one column for `" + std::string(field) + "`, found " + shown(columns_[at][0]) +
                               " and " + shown(std::string_view(item).substr(equals + 1)));
    columns_[at].push_back(item.substr(equals + 1));
  }
}

const std::vector<std::string>& FieldMap::columns(std::string_view field) const { return columns_[position(field)]; }

bool FieldMap::needs_no_names() const {
  for (const auto& columns : columns_)
    for (const std::string& column : columns)
      if (index_of(column) == absent) return false;
  return !columns("timestamp").empty() && !columns("value").empty();
}

std::size_t FieldMap::index_of(std::string_view column) {
  std::size_t number = 0;
  const char* const end = column.data() + column.size();
  if (!column.starts_with('#')) return absent;
  const auto [stop, error] = std::from_chars(column.data() + 1, end, number);
  return error == std::errc() && stop == end && number > 0 ? number - 1 : absent;
}

std::size_t skip_byte_order_mark(std::string_view start, const std::string& file) {
  if (const std::string refusal = refusal_of_kind(start); !refusal.empty())
    throw std::runtime_error(file + ":1:1: " + refusal);
  return start.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

}  // namespace csv
