// How rows are written.
#pragma once
#include <string>
#include <string_view>

namespace csv {

struct Dialect {
  char delimiter = ',';
  char point = '.';       // of real numbers; `,` is the other one
  int decimals = -1;      // of real numbers; -1: as many as read back as the same number
  std::string null = {};  // what stands for no value

  /// One character that no number and no time has in it.
  static bool is_delimiter(std::string_view text) {
    return text.size() == 1 && std::string_view(" \t!#$%&'()*,/;<=>?@[\\]^_`{|}~").find(text.front()) != text.npos;
  }

  /// Whether a reader would see something else without quotes. An empty text would be null to many.
  bool needs_quotes(std::string_view text) const {
    if (text.empty() || text == null || text.starts_with("\xEF\xBB\xBF")) return true;
    for (const char c : text)
      if (c == delimiter || c == '"' || c == '\n' || c == '\r') return true;
    return false;
  }

  /// The text as a field of RFC 4180, in quotes only where it needs them.
  std::string field(std::string_view text) const {
    if (!needs_quotes(text)) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
      if (c == '"') quoted += '"';
      quoted += c;
    }
    return quoted + '"';
  }
};

}  // namespace csv
