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

// `$NAME` where the part begins with it; empty: it does not.
std::string variable_of(const std::string& part) {
  if (!part.starts_with('$')) return {};
  const std::string variable(part.begin(), std::find_if_not(part.begin() + 1, part.end(), is_inner));
  return variable.size() > 1 ? variable : "";
}

// In the quotes without which YAML would end it at a brace.
std::string quoted(const std::filesystem::path& path) { return "`\"" + path.string() + "\"`, with the quotes"; }

// What stands below the start directory was mostly written without it.
std::filesystem::path as_written(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::filesystem::path below = path.lexically_relative(std::filesystem::current_path(ignored));
  return below.empty() || *below.begin() == ".." ? path : below;
}

// What the path meant by `$NAME` or `~`, which stand in it as they were written; empty: nothing known.
std::string meant_by(const std::filesystem::path& path) {
  constexpr const char* like_any_other = " is a name like any other here: ";
  std::filesystem::path meant;
  std::string first;
  for (const std::filesystem::path& piece : as_written(path)) {
    const std::string part = piece.string(), variable = variable_of(part);
    if (first.empty() && part.starts_with('~')) {
      first = "`" + part + "`" + like_any_other + "write the directory itself";
      if (part != "~") return first;
      first += ", or ";
      meant = "${HOME}";
    } else if (!variable.empty()) {
      if (first.empty()) first = "`" + variable + "`" + like_any_other + "for a value of the environment write ";
      meant /= "${" + variable.substr(1) + "}" + part.substr(variable.size());
    } else {
      meant /= part;
    }
  }
  return first.empty() ? "" : first + quoted(meant);
}

std::string why_not(const std::filesystem::path& path, int error, bool is_output) {
  if (error == ENOENT) {
    if (std::string meant = meant_by(path); !meant.empty()) return meant;
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
