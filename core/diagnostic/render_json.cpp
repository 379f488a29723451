#include <array>
#include <cstdio>
#include <string>

#include "diagnostic/render.hpp"
#include "diagnostic/utf8.hpp"

namespace penstock::diagnostic {
namespace {

std::string or_null(std::string_view text) { return text.empty() ? "null" : json_string(text); }

std::string or_null(std::uint32_t number) { return number == 0 ? "null" : std::to_string(number); }

std::string json_place(const Place& place) {
  if (place == Place{}) return "null";
  return "{\"file\":" + or_null(place.file) + ",\"line\":" + or_null(place.line) +
         ",\"column\":" + or_null(place.column) +
         ",\"offset\":" + (place.offset ? std::to_string(*place.offset) : "null") + "}";
}

std::string json_comparison(const Comparison& one) {
  return "{\"subject\":" + or_null(one.subject) + ",\"expected\":" + or_null(one.expected) +
         ",\"found\":" + or_null(one.found) + ",\"remark\":" + or_null(one.remark) + "}";
}

template <typename Item, typename Render>
std::string json_array(const std::vector<Item>& items, Render render) {
  std::string out = "[";
  for (const Item& item : items) out.append(out.size() > 1 ? "," : "").append(render(item));
  return out + "]";
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  out.reserve(text.size() + 2);
  while (!text.empty()) {
    const Decoded decoded = decode_utf8(text);
    if (!decoded.valid) {
      out += "\xEF\xBF\xBD";
    } else if (decoded.code_point == '"' || decoded.code_point == '\\') {
      out.append("\\").append(text.substr(0, 1));
    } else if (decoded.code_point == '\n') {
      out += "\\n";
    } else if (decoded.code_point == '\t') {
      out += "\\t";
    } else if (decoded.code_point < 0x20 || (decoded.code_point >= 0x7F && decoded.code_point <= 0x9F)) {
      std::array<char, 8> escape{};  // JSON asks for the first range only; the second steers terminals as well
      out.append(escape.data(),
                 static_cast<std::size_t>(std::snprintf(escape.data(), escape.size(), "\\u%04x", decoded.code_point)));
    } else {
      out += text.substr(0, decoded.length);
    }
    text.remove_prefix(decoded.length);
  }
  return out + "\"";
}

std::string render_json(const Diagnostic& diagnostic) { return render_json_as(diagnostic, name(diagnostic.code)); }

std::string render_json_as(const Diagnostic& diagnostic, std::string_view code) {
  const bool error = diagnostic.severity == Severity::error;
  return "{\"code\":" + or_null(code) + ",\"severity\":" + (error ? "\"error\"" : "\"warning\"") +
         ",\"summary\":" + json_string(diagnostic.summary) + ",\"place\":" + json_place(diagnostic.place) +
         ",\"comparisons\":" + json_array(diagnostic.comparisons, json_comparison) +
         ",\"notes\":" + json_array(diagnostic.notes, json_string) +
         ",\"help\":" + json_array(diagnostic.help, json_string) + "}";
}

}  // namespace penstock::diagnostic
