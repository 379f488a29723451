#include <cstdlib>
#include <string>
#include <string_view>

#include "plugin/discover.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;
using diagnostic::Severity;

#if defined(_WIN32)
constexpr char separator = ';';  // a colon stands behind the letter of a drive
#else
constexpr char separator = ':';
#endif

void add_environment(PluginPath& path, Diagnostics& found) {
  const char* const value = std::getenv("PENSTOCK_PLUGIN_PATH");
  if (value == nullptr || *value == '\0') return;
  for (std::string_view rest = value;;) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const fs::path element = rest.substr(0, end);
    if (element.is_absolute()) {
      path.push_back(element);
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
  add_environment(path, found);
  add_installed(path);
  return path;
}

}  // namespace penstock::plugin
