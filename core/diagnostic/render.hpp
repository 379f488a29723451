#pragma once

#include <string>
#include <string_view>

#include "diagnostic/diagnostic.hpp"

namespace penstock::diagnostic {

enum class Colour : bool { off, on };

/** The text for people, with a line break at its end:
 *
 *      error[PS0201]: type `threshold_filter` does not conform to interface `Stage` 1.0
 *        --> plugins/libthreshold.so
 *         |  process   expected  process(batch) -> status
 *         |            found     proces(batch) -> status    a near miss
 *         = note: the other 3 types of this library are accepted
 *         = help: rename `proces` to `process`, then rebuild
 *
 *  Bytes that could steer a terminal (control characters, invalid UTF-8) are shown as `\x1b`, never sent. */
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, Colour colour = Colour::off);

/** The same with `label` (`fail[CT-203]`) in the place of severity and code. */
[[nodiscard]] std::string render_text_as(const Diagnostic& diagnostic, std::string_view label, Colour colour);

/** The same as one JSON object without a line break: `code severity summary place comparisons notes help`, always all
 *  of them; `place` is null or holds `file line column offset`, each null where unknown. */
[[nodiscard]] std::string render_json(const Diagnostic& diagnostic);

/** The same with another code; null if it is empty. */
[[nodiscard]] std::string render_json_as(const Diagnostic& diagnostic, std::string_view code);

/** `text` so that any terminal or log file shows it and none obeys it: control characters and bytes that are not UTF-8
 *  become `\0`, `\n`, `\t`, `\x1b`; invisible marks that turn the direction of text or break its line become `\u{202e}`. */
[[nodiscard]] std::string printable(std::string_view text);

/** `"text"` with the escapes that JSON needs; bytes that are not UTF-8 become U+FFFD. */
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace penstock::diagnostic
