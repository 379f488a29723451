#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/discover.hpp"
#include "plugin/file_identity.hpp"
#include "plugin/file_source.hpp"
#include "plugin/image.hpp"
#include "plugin/manifest.hpp"
#include "plugin/needed.hpp"

namespace penstock::plugin {

/** A type as its library exports it, not yet judged. */
struct InspectedType {
  std::string name;                                 ///< the id in its symbols
  std::optional<Manifest> manifest = {};            ///< as far as it could be read
  std::optional<std::vector<MethodRow>> rows = {};  ///< as far as they could be read
  /** Members of its class and functions of its rows that nobody defines: `plant::Clamp::process`. */
  std::vector<std::string> undefined = {};
  Diagnostics faults = {};  ///< of its manifest and its table
};

struct InspectedLibrary {
  std::filesystem::path path;
  FileIdentity identity;
  std::vector<InspectedType> types = {};  ///< sorted by name; empty: not a plugin
  /** What concerns all of its types: an error keeps the loader from loading it, a warning does not. */
  Diagnostics faults = {};
  Dependencies dependencies = {};
  std::string built_for = {};  ///< another system, such as `Windows x86-64`; empty: this host can load it
};

/** Reads a library from its file, and what it needs from the files of `libraries`; loads nothing, maps nothing. Nothing comes
 *  back, and why stands in `faults`, when the file is no whole library for this machine. One for another system is read all the same. */
[[nodiscard]] std::optional<InspectedLibrary> inspect(const Candidate& candidate, NeededLibraries& libraries,
                                                      Diagnostics& faults);

/** The same of an open file: what else is read of `source` is of the file that was judged. May run out of memory. */
[[nodiscard]] std::optional<InspectedLibrary> inspect(const Candidate& candidate, const FileSource& source,
                                                      NeededLibraries& libraries, Diagnostics& faults);

}  // namespace penstock::plugin
