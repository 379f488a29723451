#pragma once

#include <string_view>

#include "pipeline/syntax.hpp"
#include "plugin/process_state.hpp"

namespace penstock::pipeline {

using plugin::Environment;

/** A letter or `_`, then letters, digits and `_`. */
[[nodiscard]] bool is_variable_name(std::string_view text) noexcept;

/** Puts values of the environment where scalars below `root` ask for them; keys stay as they are.
 *
 *      ${NAME}            the value of NAME; not set: PS0420
 *      ${NAME:-default}   `default`, up to the next `}`, when NAME is not set or empty
 *      $${                the text `${`
 *
 *  A scalar with one of these counts as quoted: what comes out is text, is not looked at again and is no YAML. Any
 *  other `${` is PS0421. No message shows a value or a default: either may be a secret. A value that cannot be known is
 *  marked `is_unknown`. */
void expand(Value& root, const Environment& environment, Diagnostics& found);

}  // namespace penstock::pipeline
