// Fields as RFC 4180 writes them.
#pragma once
#include <string>
#include <string_view>

namespace csv {

/// Appends a text, in quotes only where a reader would otherwise see something else: an empty text would be null.
inline void append_text(std::string& out, std::string_view text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == text.npos && !text.starts_with("\xEF\xBB\xBF")) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace csv
