// What a parser of one field answers.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace csv {

/// A value, or what was expected instead and at which byte of the text it went wrong. The words are put together only
/// when somebody reads them: parsing a bad field costs no more than a good one.
template <class T>
struct Parsed {
  T value{};
  const char* expected = nullptr;  // null: there is a value
  std::size_t at = 0;

  explicit operator bool() const { return expected == nullptr; }
};

/// Bytes of a file as a message may show them: in backticks, what is no printable ASCII or whole UTF-8 as `\0` or `\xB0`,
/// and only the start of a long text.
std::string shown(std::string_view bytes);

/// `21.5` of `'21.5'`; empty: it is not in apostrophes.
std::string_view inside_apostrophes(std::string_view text);
inline constexpr std::string_view advice_on_apostrophes = "set `quote: \"'\"` if the file has its quotes so";

/// What an operator may set, one of these or another: `set A or B, as the file means it`; empty: nothing.
std::string set_one_of(const std::vector<std::string>& settings);

/// Bytes of Latin-1, each a character, as UTF-8.
std::string from_latin1(std::string_view bytes);

/// Takes a text that names something: not empty, UTF-8 (no overlong forms, no surrogates), without NUL. A view of it.
Parsed<std::string_view> parse_name(std::string_view text);

}  // namespace csv
