#include "header.hpp"

#include "parsed.hpp"

#include <algorithm>
#include <stdexcept>

namespace csv {
namespace {

char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// The same to a hasty reader: case and blanks around do not count.
bool resembles(std::string_view name, std::string_view wanted) {
  const std::size_t first = name.find_first_not_of(" \t");
  if (first == name.npos) return false;
  name = name.substr(first, name.find_last_not_of(" \t") - first + 1);
  return std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(),
                    [](char a, char b) { return lower(a) == b; });
}

// CR LF may stand in a quoted field; CR alone ends lines of a file that was made for another kind of machine.
bool has_lone_carriage_return(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != text.npos; at = text.find('\r', at + 1))
    if (at + 1 == text.size() || text[at + 1] != '\n') return true;
  return false;
}

class Finder {
 public:
  Finder(const Record& header, const std::string& file) : header_(header), file_(file) {}

  std::size_t find(std::string_view name, bool required, bool constant) const {
    std::size_t found = absent, near = absent;
    for (std::size_t i = 0; i < header_.fields(); ++i) {
      if (!resembles(header_.text(i), name)) continue;
      if (near != absent)
        fail(i, "column " + shown(header_.text(near)) + " at " + place_text(file_, header_.place(near)) +
                    " and column " + shown(header_.text(i)) + " here: which of them is `" + std::string(name) + "`?");
      near = i;
      if (header_.text(i) == name) found = i;
    }
    if (found != absent && constant)
      fail(found,
           "the file has a column `" + std::string(name) + "`: leave the parameter `" + std::string(name) + "` out");
    if (found == absent && near != absent && !constant)
      fail(near, "expected a column `" + std::string(name) + "`, found " + shown(header_.text(near)));
    if (found == absent && required && !constant) fail_missing(name);
    return found;
  }

 private:
  [[noreturn]] void fail(std::size_t field, const std::string& what) const {
    throw std::runtime_error(place_text(file_, header_.place(field)) + ": " + what);
  }

  [[noreturn]] void fail_missing(std::string_view name) const {
    if (header_.fields() == 1)
      for (const char delimiter : {';', '\t', '|'})
        if (header_.raw().find(delimiter) != std::string_view::npos)
          fail(0, "expected columns between commas, found one column " + shown(header_.raw()) + "; is the delimiter " +
                      shown({&delimiter, 1}) + "?");
    std::string found;
    for (std::size_t i = 0; i < std::min<std::size_t>(header_.fields(), 8); ++i)
      found += (i ? ", " : "") + shown(header_.text(i));
    if (header_.fields() > 8) found += ", ... (" + std::to_string(header_.fields()) + " columns)";
    std::string help;
    if (name == "sensor_id") help = "; a file of one sensor takes the parameter `sensor_id`";
    fail(0, "expected a header with a column `" + std::string(name) + "`, found " + found + help);
  }

  const Record& header_;
  const std::string& file_;
};

}  // namespace

std::string place_text(const std::string& file, const Place& place) {
  return file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

Columns find_columns(const Record& header, const std::string& file, const Constants& constants) {
  if (header.expected())
    throw std::runtime_error(place_text(file, header.wrong()) + ": expected a header with " + header.expected());
  if (header.blank())
    throw std::runtime_error(place_text(file, header.place(0)) + ": expected a header, found a blank line");
  for (std::size_t i = 0; i < header.fields(); ++i)
    if (has_lone_carriage_return(header.text(i)))
      throw std::runtime_error(place_text(file, header.place(i)) +
                               ": expected a line that ends with LF or CRLF, found " + "a carriage return inside " +
                               shown(header.text(i).substr(0, 40)) + "; convert the file with `tr '\\r' '\\n'`");
  const Finder finder(header, file);
  Columns columns;
  columns.count = header.fields();
  columns.timestamp = finder.find("timestamp", true, false);
  columns.value = finder.find("value", true, false);
  columns.sensor_id = finder.find("sensor_id", true, constants.sensor_id);
  columns.unit = finder.find("unit", false, constants.unit);
  for (std::size_t i = 0; i < header.fields(); ++i)
    if (i != columns.timestamp && i != columns.value && i != columns.sensor_id && i != columns.unit)
      columns.ignored.push_back(shown(header.text(i)));
  return columns;
}

std::size_t skip_byte_order_mark(std::string_view start, const std::string& file) {
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"))
    throw std::runtime_error(file + ":1:1: found UTF-16, expected UTF-8; convert it with `iconv -f UTF-16 -t UTF-8`");
  return start.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

}  // namespace csv
