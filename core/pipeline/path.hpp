#pragma once

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace penstock::pipeline {

/** `path` made absolute from the directory in which the host was started. `-` (standard input or output) and an empty
 *  path (none) stay. Nothing comes back when that directory is gone. Links are not followed, so `a/..` stays too. */
[[nodiscard]] inline std::optional<std::string> from_start_directory(const std::string& path) {
  if (path.empty() || path == "-") return path;
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error) return std::nullopt;
  if (std::ranges::find(absolute, "..") == absolute.end()) absolute = absolute.lexically_normal();
  return absolute.string();
}

}  // namespace penstock::pipeline
