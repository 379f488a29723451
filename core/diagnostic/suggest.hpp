#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::diagnostic {

/** The known names that someone who wrote `name` may have meant: edit distance (with transpositions, case ignored) of at
 *  most a third of the longer name, at least 1; nearest first, at most four. Names over 64 bytes are never near: the cost stays linear in the
 *  number of names. */
[[nodiscard]] std::vector<std::string> near_names(std::string_view name, std::span<const std::string> known);

/** ``did you mean `max`?`` for one near name, ``did you mean `min` or `max`?`` for several; with none near, ``known are
 *  `a`, `b`, `c` and 3 more`` with at most `most` names; empty when nothing is known at all. */
[[nodiscard]] std::string suggest(std::string_view name, std::span<const std::string> known, std::size_t most = 4);

/** `` `name` `` */
[[nodiscard]] std::string ticked(std::string_view name);

/** ``a`, `b` `` or, of more than `most` names, `` `a`, `b` and 4 more``, each in backticks or in `quote`. */
[[nodiscard]] std::string list_of(std::span<const std::string> names, std::size_t most = 20,
                                  std::string_view quote = "`");

/** The same of `count` names, of which the first are at hand. */
[[nodiscard]] std::string list_of_first(std::span<const std::string> names, std::size_t count,
                                        std::string_view quote = "`");

/** `argument` as a command line has it: in quotes where a shell would read something else. */
[[nodiscard]] std::string for_shell(const std::string& argument);

}  // namespace penstock::diagnostic
