#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/syntax.hpp"

namespace penstock::pipeline {

/** Most bytes of a pipeline file, how deep it may nest, and the most keys of one of its mappings. */
inline constexpr std::size_t max_file_size = std::size_t{1} << 20;
inline constexpr int max_depth = 16;
inline constexpr std::size_t max_keys = 1000;

/** Reads the YAML of one pipeline; `file` is only named in places. Takes plain data and nothing that would give a
 *  second meaning to what stands there: a key twice, aliases, merge keys, tags and a second document are refused.
 *  Nothing comes back when the text is not YAML or has aliases or merge keys; other faults are reported and the rest is
 *  read. */
[[nodiscard]] std::optional<Value> parse(std::string_view text, const std::string& file, Diagnostics& found);

}  // namespace penstock::pipeline
