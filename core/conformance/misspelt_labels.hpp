#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::conformance {

/** The labels of a manifest (format: the SDK's `abi/manifest.h`) that the host does not know and that are near one that it
 *  knows; of many the first. It ignores them, as it must ignore those of later versions, so that nobody else tells the
 *  author. */
[[nodiscard]] std::vector<diagnostic::Comparison> misspelt_labels(const std::string& manifest);

}  // namespace penstock::conformance
