#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "diagnostic/utf8.hpp"

namespace penstock::fuzz {

/** Goes over a text as RFC 8259 has it, for what Penstock writes as JSON. */
class JsonText {
 public:
  /** `text` is one value with nothing behind it. */
  [[nodiscard]] static bool is_one_value(std::string_view text) {
    JsonText json(text);
    return json.value(0) && json.rest_.empty();
  }

 private:
  static constexpr int deepest = 32;

  explicit JsonText(std::string_view text) : rest_(text) {}

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  bool value(int depth) {
    if (depth > deepest) return false;
    if (take("null") || take("true") || take("false")) return true;
    if (rest_.starts_with('"')) return string();
    if (take("[")) return sequence("]", [&] { return value(depth + 1); });
    if (take("{")) return sequence("}", [&] { return string() && take(":") && value(depth + 1); });
    return number();
  }

  template <class Item>
  bool sequence(std::string_view end, Item item) {
    if (take(end)) return true;
    do
      if (!item()) return false;
    while (take(","));
    return take(end);
  }

  bool string() {
    if (!take("\"")) return false;
    while (!rest_.empty() && !rest_.starts_with('"')) {
      const auto decoded = diagnostic::decode_utf8(rest_);
      if (!decoded.valid || decoded.code_point < 0x20) return false;
      rest_.remove_prefix(decoded.length);
      if (decoded.code_point == '\\' && !escape()) return false;
    }
    return take("\"");
  }

  bool escape() {
    constexpr std::string_view letters = "\"\\/bfnrt", digits = "0123456789abcdefABCDEF";
    if (take("u")) {
      if (rest_.substr(0, 4).find_first_not_of(digits) != std::string_view::npos || rest_.size() < 4) return false;
      rest_.remove_prefix(4);
      return true;
    }
    if (rest_.empty() || letters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool digits() {
    const std::size_t count = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }

  bool number() {
    (void)take("-");
    if (!digits()) return false;
    if (take(".") && !digits()) return false;
    if (!take("e") && !take("E")) return true;
    (void)(take("+") || take("-"));
    return digits();
  }

  std::string_view rest_;
};

}  // namespace penstock::fuzz
