// Bytes that somebody calls by their names.
#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace csv {

/// `; write `";"``, for `semicolon`; empty for a text that is no such name.
inline std::string advise_on_name_of_byte(std::string_view text) {
  constexpr std::pair<std::string_view, char> known[] = {
      {"comma", ','}, {"semicolon", ';'}, {"colon", ':'},       {"pipe", '|'},    {"bar", '|'},   {"space", ' '},
      {"blank", ' '}, {"point", '.'},     {"apostrophe", '\''}, {"single", '\''}, {"double", '"'}};
  for (const auto& [name, byte] : known)
    if (name == text) return byte == '"' ? "; write `'\"'`" : std::string("; write `\"") + byte + "\"`";
  return "";
}

}  // namespace csv
