// Why a file could not be opened, for the person who wrote its path.
#pragma once
#include <string>

namespace csv {

/// Throws "`what` `path`: why", with the error of the system; where the directory is missing or a part of the path was to
/// be replaced by somebody, that.
[[noreturn]] void fail_to_open(const std::string& what, const std::string& path, int error, bool is_output);

}  // namespace csv
