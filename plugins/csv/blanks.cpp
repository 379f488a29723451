#include "blanks.hpp"

#include <algorithm>

namespace csv {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string advise_on_blanks(std::string_view field, bool was_quoted, char delimiter) {
  const std::string_view inner = without_blanks(field);
  if (inner.size() == field.size()) return "";
  const bool before = inner.empty() || inner.data() != field.data();
  const bool behind = field.substr(static_cast<std::size_t>(inner.data() - field.data())).size() != inner.size();
  const std::string advice = std::string("the blanks ") +
                             (before && behind ? "around"
                              : before         ? "before"
                                               : "behind") +
                             " it are part of the field";
  const bool is_usual = std::string_view(",;|\t").find(delimiter) != std::string_view::npos;
  if (was_quoted || !is_usual) return advice + ": take them out of the file";
  const std::string mark = delimiter == '\t' ? "\\t" : std::string(1, delimiter);
  const std::string leading = "s/" + mark + " */" + mark + "/g", trailing = "s/ *" + mark + "/" + mark + "/g; s/ *$//";
  return advice + ": take them out of the file, such as with `sed '" +
         (behind ? before ? leading + "; " + trailing : trailing : leading) +
         "' FILE > NEW_FILE` if none of its texts is in quotes";
}

}  // namespace csv
