#pragma once

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "diagnostic/render.hpp"
#include "diagnostic/utf8.hpp"
#include "json_text.hpp"

namespace penstock::fuzz {

/** A fuzzer reports what does not hold by ending its process. */
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << '\n';
  std::abort();
}

/** The same, and shows what was found instead. */
inline void require(bool holds, std::string_view what, const diagnostic::Diagnostics& found) {
  for (const auto& one : found)
    if (!holds) std::cerr << render_text(one);
  require(holds, what);
}

/** UTF-8 without a byte that a terminal obeys, other than the ends of `lines`. */
inline void require_printable(std::string_view text, bool lines) {
  while (!text.empty()) {
    const auto decoded = diagnostic::decode_utf8(text);
    const bool is_control = decoded.code_point < 0x20 || (decoded.code_point >= 0x7F && decoded.code_point < 0xA0);
    require(decoded.valid && (!is_control || (lines && decoded.code_point == '\n')), "a text for people is printable");
    text.remove_prefix(decoded.length);
  }
}

inline void require_json(std::string_view text) {
  require(JsonText::is_one_value(text), "a text for programs is JSON");
}

/** Each can be shown to people and handed to programs, whatever the bytes that it quotes. */
inline void require_readable(const diagnostic::Diagnostics& found) {
  for (const auto& one : found) {
    require(!one.summary.empty(), "a diagnostic says something");
    require_printable(render_text(one), true);
    require_json(render_json(one));
  }
}

inline bool same(const diagnostic::Diagnostics& one, const diagnostic::Diagnostics& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end());
}

}  // namespace penstock::fuzz
