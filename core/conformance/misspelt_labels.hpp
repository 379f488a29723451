#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::conformance {

/** The labels of a manifest (format: the SDK's `abi/manifest.h`) that the host does not know and that are near one that it
 *  knows, the first of them. It ignores them, as it must ignore those of later versions, so that nobody else tells the author of them. */
[[nodiscard]] std::vector<diagnostic::Comparison> misspelt_labels(const std::string& manifest);

}  // namespace penstock::conformance
