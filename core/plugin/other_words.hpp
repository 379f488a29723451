#pragma once

#include <span>
#include <string_view>

namespace penstock::plugin {

/** The one of `known` that other systems call by `word`: `f64` for `double`; empty: none. Static text. */
[[nodiscard]] std::string_view word_meant_by(std::string_view word, std::span<const std::string_view> known);

}  // namespace penstock::plugin
