#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/suggest.hpp"
#include "pipeline/syntax.hpp"

namespace penstock::pipeline {

/** `file:line:column` */
[[nodiscard]] std::string text(const Place& place);

/** `environment variable MIN`, `environment variables HOST and PORT`: where a scalar comes from, or parts of a list;
 *  empty: all of it stands in the file. */
[[nodiscard]] std::string origin(const Value& value);
/** The same as a note of a diagnostic, or none. */
[[nodiscard]] std::vector<std::string> origin_notes(const Value& value);

/** A scalar as messages show it: the text, or the variables of the environment that it is made of, `${HOST}${PORT}`.
 *  What they hold may be a secret. */
[[nodiscard]] std::string shown(const Value& value);

/** `a word`, `a list`, `a mapping` or `nothing`: what stands where something else belongs. */
[[nodiscard]] std::string_view kind_of(const Value& value) noexcept;

using diagnostic::list_of;

/** Reports a key that is not known, with the nearest name and all known ones. */
void report_unknown_key(const std::string& key, const std::string& owner, const Place& place,
                        std::span<const std::string> known, Diagnostics& found);

/** Reports a value that its key cannot have. Nothing, if the value is not known and that was reported. */
void report_wrong(const Entry& entry, std::string expected, std::string help, Diagnostics& found);
/** The advice of who refused the value, or `otherwise`. It shows the value, so not where that is of the environment. */
[[nodiscard]] std::string advice_or(const std::string& advice, const Entry& entry, std::string otherwise);
/** Reports a key that is kept for a later version. */
void report_later(const Entry& entry, Diagnostics& found);
/** The text of a scalar, or a report that shows `key: example`. */
[[nodiscard]] const std::string* word(const Entry& entry, std::string_view example, Diagnostics& found);

/** ``did you mean `threshold_filter`?`` for a name with a slip, or for one of which a word was left out, `threshold`; empty:
 *  it is neither, or part of more than four. */
[[nodiscard]] std::string suggest_from_part(const std::string& name, const std::vector<std::string>& known);

/** What a person can read of `found`: the first `most_errors` errors, the last of them with the number of the others,
 *  and of a long text its first `longest_text` bytes: a hostile file would be answered with as much as it likes. */
inline constexpr std::size_t most_errors = 100, longest_text = 1000;
[[nodiscard]] Diagnostics bounded(const Diagnostics& found);

/** True when one of the `unknown` names is a near miss of `name`: then that one cause was reported already. */
[[nodiscard]] bool is_misspelt_among(std::string_view name, std::span<const std::string> unknown);

}  // namespace penstock::pipeline
