#pragma once

#include "diagnostic/diagnostic.hpp"
#include "plugin/catalog.hpp"
#include "plugin/discover.hpp"

namespace penstock::plugin {

/** The gate: reads every candidate file of `path`, judges each type that it exports, and runs none of it. Refusals are in
 *  the catalog with their reasons, as are the warnings of a type that conforms; what concerns the path itself (an
 *  unreadable directory) goes to `found`. */
[[nodiscard]] Catalog admit(const PluginPath& path, Diagnostics& found);

}  // namespace penstock::plugin
