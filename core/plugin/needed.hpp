#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plugin/image.hpp"

namespace penstock::plugin {

/** Those of `names` that no library in the image's list of needed ones defines. Looks where the loader looks: the image's
 *  run path, `LD_LIBRARY_PATH`, the system's directories. Empty if one of the libraries is not found there: it might
 *  define them, and nobody is accused on a guess. */
[[nodiscard]] std::vector<std::string> defined_nowhere(std::vector<std::string> names, const Image& image,
                                                       const std::filesystem::path& library);

}  // namespace penstock::plugin
