#pragma once

#include <filesystem>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** Directories and files to look in, in order; the first of a type name wins. */
using PluginPath = std::vector<std::filesystem::path>;

/** What stands between the elements of `PENSTOCK_PLUGIN_PATH`. */
#if defined(_WIN32)
inline constexpr char path_separator = ';';  // a colon stands behind the letter of a drive
#else
inline constexpr char path_separator = ':';
#endif

/** The path of a host: `asked` (--plugins) as given, then `PENSTOCK_PLUGIN_PATH`, then the directory installed beside the
 *  running binary (`../lib/penstock/plugins`, or `../plugins` in a build tree). Says PS0104, a warning, of elements that are
 *  ignored, and of directories that somebody named and that hold no library. */
[[nodiscard]] PluginPath plugin_path(const std::vector<std::filesystem::path>& asked, Diagnostics& found);

/** `*.so` and `*.dll`, and not `*.so.1`. */
[[nodiscard]] bool is_named_as_library(const std::filesystem::path& path);

/** A file that may be a plugin. */
struct Candidate {
  std::filesystem::path path;  ///< the element of the plugin path, and the name of the file in it
};

/** The candidates of `path`: of a directory its entries `*.so` and `*.dll`, sorted by name and not those of directories in
 *  it; of anything else the element itself. A file that has two names counts once. What is no file (a directory, a FIFO, a
 *  link that leads nowhere) is reported as a warning and left out; nothing is opened, so nothing can hang. */
[[nodiscard]] std::vector<Candidate> discover(const PluginPath& path, Diagnostics& found);

}  // namespace penstock::plugin
