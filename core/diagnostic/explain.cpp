#include "diagnostic/explain.hpp"

#include <algorithm>
#include <charconv>

#include "diagnostic/embedded_text.hpp"

namespace penstock::diagnostic {

std::span<const EmbeddedText> pages() noexcept;  // made of explain/*.md

std::string_view page(Code code) noexcept {
  const auto all = pages();
  const auto one = std::ranges::find(all, name(code), &EmbeddedText::name);
  return one == all.end() ? std::string_view() : one->text;
}

std::optional<Code> find_code(std::string_view text) noexcept {
  const auto is = [](char c, char small) { return c == small || c == small - 'a' + 'A'; };
  if (text.size() > 2 && is(text[0], 'p') && is(text[1], 's')) text.remove_prefix(2);
  unsigned number = 0;
  const char* const end = text.data() + text.size();
  if (const auto [stop, error] = std::from_chars(text.data(), end, number); error != std::errc() || stop != end)
    return std::nullopt;
  for (const Code code : codes()) {
    const std::string_view digits = name(code).substr(2);
    unsigned known = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), known);
    if (known == number) return code;
  }
  return std::nullopt;
}

}  // namespace penstock::diagnostic
