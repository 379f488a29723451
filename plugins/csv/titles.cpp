#include "titles.hpp"

#include "fields_by_number.hpp"
#include "similar_name.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

namespace csv {
namespace {

constexpr std::size_t most_lines = 16, longest_line = 4096;  // that are looked at

std::vector<std::string_view> first_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty() && lines.size() < most_lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// A line by itself: of a record that goes on in the next one nobody says that it looks like a header.
class Line {
 public:
  Line(std::string_view text, const RecordForm& form) : splitter_(form) {
    if (text.empty() || text.size() > std::min(longest_line, splitter_.room().size())) return;
    std::memcpy(splitter_.room().data(), text.data(), text.size());
    splitter_.filled(text.size());
    splitter_.finish();
    record_ = splitter_.next();
  }

  std::size_t fields() const { return record_ == nullptr ? 0 : record_->fields(); }

  bool has(std::string_view name) const {
    for (std::size_t i = 0; i < fields(); ++i)
      if (resembles(record_->text(i), name)) return true;
    return false;
  }

  // A time and a number stand in it.
  bool is_row() const {
    const std::string items = fields() == 0 ? "" : fields_by_number(*record_, {true, true});
    return !items.empty() && items.find("#N") == items.npos;
  }

 private:
  Splitter splitter_;
  const Record* record_ = nullptr;
};

// Whether each column that is needed is there by its name.
bool has_names(const Line& line, const Constants& constants, const FieldMap& fields) {
  bool has_name = false;
  for (const std::string_view field : {"timestamp", "value", "sensor_id"}) {
    if (field == "sensor_id" && constants.sensor_id) continue;
    std::vector<std::string> wanted = fields.columns(field);
    if (wanted.empty()) wanted.emplace_back(field);
    for (const std::string& name : wanted) {
      const bool is_name = FieldMap::index_of(name) == absent;
      if (is_name ? !line.has(name) : FieldMap::index_of(name) >= line.fields()) return false;
      has_name = has_name || is_name;
    }
  }
  return has_name;
}

// The first line that has the names, else the first of several fields that stands above a row of as many.
std::optional<std::size_t> find_header(const std::vector<std::string_view>& lines, const RecordForm& form,
                                       std::size_t fields_of_first, const Constants& constants,
                                       const FieldMap& fields) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (has_names(Line(lines[i], form), constants, fields)) return i;
  const auto stands_above_row = [&](std::size_t columns, std::size_t next) {
    if (columns < 2 || next >= lines.size()) return false;
    const Line below(lines[next], form);
    return below.fields() == columns && below.is_row();
  };
  if (stands_above_row(fields_of_first, 0)) return std::nullopt;  // it is the header, of other names
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (const Line line(lines[i], form); !line.is_row() && stands_above_row(line.fields(), i + 1)) return i;
  return std::nullopt;
}

}  // namespace

std::string advise_on_titles(const Record& first, std::string_view below, std::uint64_t line, RecordForm form,
                             const Constants& constants, const FieldMap& fields) {
  const std::vector<std::string_view> lines = first_lines(below);
  const char asked = form.delimiter;
  for (const char delimiter : {asked, ',', ';', '\t', '|'}) {
    form.delimiter = delimiter;
    const std::size_t columns = delimiter == asked ? first.fields() : Line(first.raw(), form).fields();
    const auto found = find_header(lines, form, columns, constants, fields);
    if (!found) continue;
    const std::string setting =
        delimiter == asked
            ? ""
            : std::string(" and `delimiter: ") + (delimiter == '\t' ? "tab" : std::string{'"', delimiter, '"'}) + "`";
    return "line " + std::to_string(line + *found) +
           " looks like the header: set `skip: " + std::to_string(line + *found - 1) + "`" + setting;
  }
  return "";
}

}  // namespace csv
