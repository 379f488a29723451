#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "plugin/discover.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;
using diagnostic::Severity;

/** Looks at no more of the directory than it has to. */
bool holds_libraries(const fs::path& directory) {
  std::error_code failed;
  for (fs::directory_iterator entry(directory, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed))
    if (is_named_as_library(entry->path())) return true;
  return false;
}

/** The first name in `directory` that `fits`, by order of names; empty: none does. */
template <typename Fits>
fs::path first_in(const fs::path& directory, Fits fits) {
  fs::path first;
  std::error_code failed;
  for (fs::directory_iterator entry(directory, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed))
    if ((first.empty() || entry->path() < first) && fits(entry->path())) first = entry->path();
  return first;
}

/** A file that takes the place of a library elsewhere, or before it is linked. */
struct Unfit {
  fs::path file;
  std::string why, help;
};

std::optional<Unfit> first_unfit_in(const fs::path& directory) {
  const auto extension_is = [](const char* extension) {
    return [extension](const fs::path& path) { return path.extension() == extension; };
  };
  const auto has_version = [](const fs::path& path) {
    return path.filename().string().find(".so.") != std::string::npos;
  };
  if (fs::path file = first_in(directory, has_version); !file.empty())
    return Unfit{std::move(file), "", "name the file by `--plugins`, or give it a name that ends in `.so`"};
  if (fs::path file = first_in(directory, extension_is(".dylib")); !file.empty())
    return Unfit{std::move(file), ", which is for macOS", "build it for this system"};
  if (fs::path file = first_in(directory, extension_is(".a")); !file.empty())
    return Unfit{std::move(file), ", a static library", "link what it holds as a shared library, with `-shared`"};
  return std::nullopt;
}

/** Of a directory that was named, and in which nothing will be found. @param named_by  where */
void report_barren(const fs::path& element, const std::string& named_by, Diagnostics& found) {
  std::error_code failed;
  if (!fs::is_directory(element, failed) || holds_libraries(element)) return;
  fs::directory_iterator(element, failed);
  if (failed) return;  // who looks into it says so
  const fs::path below = first_in(element, holds_libraries);
  const std::optional<Unfit> unfit = first_unfit_in(element);
  std::string help = "name the directory in which the libraries are";
  if (!below.empty())
    help = "name `" + below.string() + "`, which holds some: directories in a directory are not looked into";
  else if (unfit)
    help = unfit->help;
  found.add({.code = Code::PS0104,
             .summary = "directory `" + element.string() + "` (" + named_by + ") holds no library",
             .place = {.file = element.string()},
             .comparisons = {{"", "files named `*.so` or `*.dll`",
                              unfit ? '`' + unfit->file.filename().string() + '`' + unfit->why : ""}},
             .help = {std::move(help)},
             .severity = Severity::warning});
}

void add_environment(PluginPath& path, Diagnostics& found) {
  const char* const value = std::getenv("PENSTOCK_PLUGIN_PATH");
  if (value == nullptr || *value == '\0') return;
  for (std::string_view rest = value;;) {
    const std::size_t end = std::min(rest.find(path_separator), rest.size());
    const fs::path element = rest.substr(0, end);
    if (element.is_absolute()) {
      path.push_back(element);
      report_barren(element, "`PENSTOCK_PLUGIN_PATH`", found);
    } else {
      // What an empty or relative element means would depend on the directory in which somebody starts the host.
      found.add({.code = Code::PS0104,
                 .summary = "an element of `PENSTOCK_PLUGIN_PATH` is ignored",
                 .comparisons = {{"", "an absolute path",
                                  element.empty() ? "an empty element" : '`' + element.string() + '`'}},
                 .help = {element.empty() ? "remove the colon beside it" : "write the whole path"},
                 .severity = Severity::warning});
    }
    if (end == rest.size()) return;
    rest.remove_prefix(end + 1);
  }
}

void add_installed(PluginPath& path) {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return;
  const fs::path prefix = program.parent_path().parent_path();
  for (const fs::path& directory : {prefix / PENSTOCK_PLUGIN_DIRECTORY, prefix / "plugins"}) {
    if (!fs::is_directory(directory, failed)) continue;
    path.push_back(directory);
    return;
  }
}

}  // namespace

PluginPath plugin_path(const std::vector<fs::path>& asked, Diagnostics& found) {
  PluginPath path = asked;
  for (const fs::path& element : asked) report_barren(element, "`--plugins`", found);
  add_environment(path, found);
  add_installed(path);
  return path;
}

}  // namespace penstock::plugin
