#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plugin/image.hpp"

namespace penstock::plugin {

/** Those of `names` that none of the libraries defines which the loader loads with `library`: those that it needs, those
 *  that they need, and so on. Looks where the loader looks: the paths in the files, `LD_LIBRARY_PATH`, the system's
 *  directories. Empty if one of the libraries is not found there: it might define them, and nobody is accused on a guess. */
[[nodiscard]] std::vector<std::string> defined_nowhere(std::vector<std::string> names, Dependencies dependencies,
                                                       const std::filesystem::path& library);

}  // namespace penstock::plugin
