#include "blanks.hpp"

#include <algorithm>

namespace csv {

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string advise_on_blanks(std::string_view field) {
  const std::string_view inner = without_blanks(field);
  if (inner.size() == field.size()) return "";
  const bool before = inner.empty() || inner.data() != field.data();
  const bool behind = !inner.empty() && &inner.back() != &field.back();
  return std::string("the blanks ") +
         (before && behind ? "around"
          : before         ? "before"
                           : "behind") +
         " it are part of the field: take them out of the file";
}

}  // namespace csv
