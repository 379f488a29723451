#pragma once

#include <filesystem>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** Directories and files to look in, in order; the first of a type name wins. */
using PluginPath = std::vector<std::filesystem::path>;

/** The path of a host: `asked` (--plugins) as given, then `PENSTOCK_PLUGIN_PATH`, then the directory installed beside the
 *  running binary (`../lib/penstock/plugins`, or `../plugins` in a build tree). Ignored elements are reported as warnings. */
[[nodiscard]] PluginPath plugin_path(const std::vector<std::filesystem::path>& asked, Diagnostics& found);

/** A file that may be a plugin. */
struct Candidate {
  std::filesystem::path path;  ///< the element of the plugin path, and the name of the file in it
};

/** The candidates of `path`: of a directory its entries `*.so` and `*.dll`, sorted by name and not those of directories in
 *  it; of anything else the element itself. A file that has two names counts once. What is no file (a directory, a FIFO, a
 *  link that leads nowhere) is reported as a warning and left out; nothing is opened, so nothing can hang. */
[[nodiscard]] std::vector<Candidate> discover(const PluginPath& path, Diagnostics& found);

}  // namespace penstock::plugin
