#pragma once

#include <string>
#include <string_view>

namespace penstock::pipeline {

/** Where libyaml gave up: what it calls the problem, and the line. */
struct YamlProblem {
  std::string_view name;
  std::string_view before;  ///< of the line, up to the place
  std::string_view rest;    ///< of the text, from there
  std::string_view above;   ///< the line above; empty: there is none
};

struct YamlAdvice {
  std::string what;  ///< in plain words
  std::string help;  ///< empty: nothing comes to mind
};

/** What is wrong there and what to do about it. Of values only a form of times is shown: any other may be a secret. */
[[nodiscard]] YamlAdvice advise_on(const YamlProblem& problem);

/** What libyaml was reading, `while parsing a block mapping`, as the note `in the mapping that begins at `; empty: it
 *  tells nothing. */
[[nodiscard]] std::string_view surroundings_of(std::string_view context) noexcept;

/** `“` or another quote of word processors with which a text begins, and which is none to YAML; empty: none. */
[[nodiscard]] std::string_view typographic_quote_of(std::string_view text) noexcept;

/** How far a line is indented. */
[[nodiscard]] std::size_t indent_of(std::string_view line) noexcept;

}  // namespace penstock::pipeline
