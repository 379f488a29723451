#pragma once

#include <string>

namespace penstock::cli {

/** What `--version` prints: version, boundary, compiler, build type and sanitizers, each in a line. */
[[nodiscard]] std::string version_text();

}  // namespace penstock::cli
