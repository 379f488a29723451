#include "pipeline/yaml_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace penstock::pipeline {
namespace {

/** What libyaml names most often. */
struct Known {
  std::string_view name, what, help;
};
constexpr std::string_view advice_on_escape =
    "in double quotes `\\` begins an escape: write `/` in its place, or put the text in single quotes";

constexpr std::array<Known, 12> known_problems{
    {{"mapping values are not allowed in this context", "a `:` stands where no key can be",
      "indent keys of one mapping alike, and quote a text that holds `: `"},
     {"could not find expected ':'", "a key has no `:`", "write `key: value`, with a space behind the colon"},
     {"did not find expected key", "a key is missing here", "indent keys of one mapping alike, and write `key: value`"},
     {"did not find expected '-' indicator", "a `-` is missing here",
      "indent every key of a stage like its first one, which stands behind the `-`"},
     {"did not find expected ',' or '}'", "a `,` or `}` is missing before this",
      "separate with `,` and close with `}`"},
     {"did not find expected ',' or ']'", "a `,` or `]` is missing before this",
      "separate with `,` and close with `]`"},
     {"did not find expected node content", "a value is missing here",
      "write the value, in quotes if it begins with a character of YAML's own"},
     {"block sequence entries are not allowed in this context", "a `-` stands where no list can begin",
      "quote a single `-`: \"-\""},
     {"found unexpected end of stream", "a quote is not closed", "close the quote"},
     {"found character that cannot start any token", "a text begins with a character of YAML's own",
      "put the text in quotes"},
     {"found unknown escape character", "a `\\` stands before what YAML does not escape", advice_on_escape},
     {"did not find expected hexdecimal number", "a `\\` begins an escape without its digits", advice_on_escape}}};

constexpr std::string_view unexpected_colon = known_problems[0].name, missing_colon = known_problems[1].name,
                           missing_key = known_problems[2].name, missing_dash = known_problems[3].name,
                           bad_beginning = known_problems[9].name;

bool is_letter_or_digit(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/** What to do where a colon surprises because of the line above: it has no colon, or it is `sink: csv_writer` or
 *  `- normalize` and has its parameters deeper on the next line. Empty: it is something else. */
std::string advise_on_line_above(std::string_view above, std::string_view line) {
  const bool is_plain = !above.empty() && above.find_first_of(":#-{}[]\"'") == std::string_view::npos;
  if (is_plain && indent_of(line) == indent_of(above))
    return "write `key: value` on the line above too: it has no colon";
  if (indent_of(line) <= indent_of(above)) return {};
  std::string_view type = above.substr(indent_of(above));
  std::string key;
  for (const std::string_view begin : {"source:", "sink:", "-"})
    if (type.starts_with(begin)) key = begin;
  type.remove_prefix(key.size());
  type.remove_prefix(indent_of(type));
  type = type.substr(0, type.find_last_not_of(" \r") + 1);
  const bool is_type = type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
  if (key.empty() || type.empty() || !is_type) return {};
  return "write " + (key == "-" ? "`- " : "`" + key + "` alone, and below it `") + "type: " + std::string(type) +
         "`; its parameters come after the type";
}

/** `%d/%m/%Y %H:%M` */
bool is_form_of_times(std::string_view text) noexcept {
  if (text.find('%') == std::string_view::npos) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 1 < text.size() && is_letter_or_digit(text[i + 1]))
      ++i;
    else if (is_letter_or_digit(text[i]) && text[i] != 'T' && text[i] != 'Z')
      return false;
    else if (text[i] == '"' || text[i] == '\\' || text[i] == '`')
      return false;
  }
  return text.size() > 1;
}

/** `format: "%d/%m/%Y"` for the text that begins `rest`; empty: it is nothing of that kind, and may be a secret. */
std::string mended(std::string_view before, std::string_view rest) {
  const bool in_flow = before.find('{') != std::string_view::npos;
  std::string_view text = rest.substr(0, rest.find_first_of(in_flow ? ",}\r\n" : "\r\n"));
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  const std::size_t colon = before.rfind(':');
  if (colon == std::string_view::npos || !is_form_of_times(text)) return {};
  std::size_t begin = colon;
  while (begin > 0 && (is_letter_or_digit(before[begin - 1]) || before[begin - 1] == '_')) --begin;
  if (before.substr(begin, colon - begin) != "format") return {};
  return "`format: \"" + std::string(text) + "\"`";
}

YamlAdvice advise_on_beginning(const YamlProblem& problem) {
  if (problem.rest.starts_with('\t')) return {"a tab stands where a text begins", "write spaces in place of the tab"};
  const std::string first(problem.rest.substr(0, 1));
  const std::string line = mended(problem.before, problem.rest);
  const std::string what = first == "`" ? "a text begins with a backtick" : "a text begins with `" + first + "`";
  return {what + ", which YAML keeps for itself",
          line.empty() ? "put the whole text in quotes" : "put the whole text in quotes: " + line};
}

/** `window` of `window: 5`; empty: no key stands there. */
std::string_view key_at(std::string_view rest) noexcept {
  const std::string_view key = rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"));
  return rest.substr(key.size()).starts_with(':') ? key : std::string_view();
}

/** `-{type: normalize}` */
bool lacks_space_behind_dash(std::string_view line) noexcept {
  line.remove_prefix(indent_of(line));
  return line.size() > 1 && line[0] == '-' && (line[1] == '{' || is_letter_or_digit(line[1]));
}

}  // namespace

std::size_t indent_of(std::string_view line) noexcept { return std::min(line.find_first_not_of(' '), line.size()); }

YamlAdvice advise_on(const YamlProblem& problem) {
  if (problem.name == bad_beginning) return advise_on_beginning(problem);
  const auto known = std::ranges::find(known_problems, problem.name, &Known::name);
  if (known == known_problems.end()) return {std::string(problem.name), {}};
  YamlAdvice advice{std::string(known->what), std::string(known->help)};
  if (problem.name == unexpected_colon && lacks_space_behind_dash(problem.before))
    advice.help = "put a space behind the `-` of a stage: `- {type: TYPE}`";
  else if (problem.name == unexpected_colon)
    if (std::string above = advise_on_line_above(problem.above, problem.before); !above.empty()) advice.help = above;
  const bool has_equals = problem.above.find(" = ") != std::string_view::npos;
  if (has_equals && (problem.name == missing_colon || problem.name == unexpected_colon))
    advice.help = "write `key: value` on the line above: a colon and a space in the place of ` = `";
  if (problem.name == missing_dash)
    if (const std::string_view key = key_at(problem.rest); !key.empty())
      advice.what = "the key `" + std::string(key) + "` stands where a `-` begins the next item";
  if (problem.name == missing_key && problem.rest.starts_with("- "))
    advice.help =
        "keys of one node stand below each other without `-`: it begins the next stage, below the `-` of the last";
  return advice;
}

std::string_view typographic_quote_of(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 5> quotes{"\u201C", "\u201D", "\u201E", "\u2018", "\u2019"};
  for (const std::string_view quote : quotes)
    if (text.starts_with(quote)) return quote;
  return {};
}

std::string_view surroundings_of(std::string_view context) noexcept {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> known{
      {{"while parsing a block mapping", "in the mapping that begins at "},
       {"while parsing a block collection", "in the list that begins at "},
       {"while parsing a flow mapping", "in the `{` at "},
       {"while parsing a flow sequence", "in the `[` at "}}};
  for (const auto& [theirs, ours] : known)
    if (theirs == context) return ours;
  return {};
}

}  // namespace penstock::pipeline
