#pragma once

#include <optional>
#include <string>

#include "pipeline/node.hpp"
#include "pipeline/number.hpp"

namespace penstock::pipeline {

/** Reads what an operator wrote as the declared type of its parameter, never by what it looks like, and holds it
 *  against bounds and choices. A text that was given on a command line counts as quoted. */
[[nodiscard]] std::optional<Content> read_value(const plugin::Parameter& parameter, const Value& written,
                                                Refusal& refusal);

/** The value that the manifest gives. */
[[nodiscard]] std::optional<Content> default_value(const plugin::Parameter& parameter);

/** The value as people read it: `20`, `true`, `1.5s`, `[a, b]`. Secrets are not looked after here. */
[[nodiscard]] std::string canonical(const plugin::Parameter& parameter, const Content& content);

}  // namespace penstock::pipeline
