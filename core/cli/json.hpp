#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "diagnostic/render.hpp"

namespace penstock::cli {

/** The number in `"format"` of every object that `--json` prints: raised when a key changes its meaning or goes. */
inline constexpr std::uint64_t json_format = 1;

/** Writes one JSON object, in the order of the calls. Values given as `raw` are JSON already. */
class JsonObject {
 public:
  JsonObject& raw(std::string_view key, std::string_view value) {
    text_ += text_.size() > 1 ? "," : "";
    text_ += diagnostic::json_string(key) + ':';
    text_ += value;
    return *this;
  }
  JsonObject& text(std::string_view key, std::string_view value) { return raw(key, diagnostic::json_string(value)); }
  /** `null` for an empty text. */
  JsonObject& text_or_null(std::string_view key, std::string_view value) {
    return value.empty() ? raw(key, "null") : text(key, value);
  }
  JsonObject& number(std::string_view key, std::uint64_t value) { return raw(key, std::to_string(value)); }
  JsonObject& truth(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }

  [[nodiscard]] std::string str() const { return text_ + '}'; }

 private:
  std::string text_ = "{";
};

/** The array of `render(item)` for each item. */
template <typename Items, typename Render>
[[nodiscard]] std::string json_array(const Items& items, Render render) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += render(item);
  }
  return out + ']';
}

}  // namespace penstock::cli
