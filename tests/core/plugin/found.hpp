#pragma once

#include <string>
#include <vector>

#include "diagnostic/render.hpp"

namespace penstock::plugin {

/** The codes of what was found, in order: `PS0301`. */
inline std::vector<std::string> codes(const diagnostic::Diagnostics& found) {
  std::vector<std::string> codes;
  for (const auto& one : found) codes.emplace_back(diagnostic::name(one.code));
  return codes;
}

/** What a user would read. */
inline std::string text_of(const diagnostic::Diagnostics& found) {
  std::string text;
  for (const auto& one : found) text += diagnostic::render_text(one);
  return text;
}

}  // namespace penstock::plugin
