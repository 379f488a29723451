#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conformance/case.hpp"

namespace penstock::conformance {

/** An outcome as bytes, on its way from the child to the parent: result, reason and findings. */
[[nodiscard]] std::string encode(const Outcome& outcome);

/** Nothing if the bytes are no outcome: the plugin may have written over the memory that they were made from. */
[[nodiscard]] std::optional<Outcome> decode(std::string_view bytes);

}  // namespace penstock::conformance
