#include "open_failure.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace csv {
namespace {

bool is_inner(unsigned char c) { return std::isalnum(c) != 0 || c == '_'; }

// What a part of a path meant that stands in it as it was written; empty: nothing known.
std::string meant_by(const std::string& part) {
  if (part.starts_with('~'))
    return "`" + part + "` is a name like any other here: write the directory itself, or `${HOME}`";
  if (!part.starts_with('$')) return {};
  const std::string name(part.begin() + 1, std::find_if_not(part.begin() + 1, part.end(), is_inner));
  if (name.empty()) return {};
  return "`$" + name + "` is a name like any other here: a value of the environment is written `${" + name + "}`";
}

std::string why_not(const std::filesystem::path& path, int error, bool is_output) {
  if (error == ENOENT) {
    for (const std::filesystem::path& part : path)
      if (std::string meant = meant_by(part.string()); !meant.empty()) return meant;
    std::error_code ignored;
    const std::filesystem::path directory = path.parent_path();
    if (!directory.empty() && !std::filesystem::exists(directory, ignored))
      return "its directory `" + directory.string() + "` does not exist" + (is_output ? ": create it" : "");
  }
  return std::generic_category().message(error);
}

}  // namespace

void fail_to_open(const std::string& what, const std::string& path, int error, bool is_output) {
  throw std::runtime_error(what + " `" + path + "`: " + why_not(path, error, is_output));
}

}  // namespace csv
