#include "plugin/discover.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;
using diagnostic::Severity;

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISFIFO(mode)) return "a FIFO";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

class Discovery {
 public:
  explicit Discovery(Diagnostics& found) : found_(found) {}

  void visit(const fs::path& element) {
    std::error_code failed;
    if (!fs::is_directory(element, failed)) {
      consider(element);
      return;
    }
    std::vector<fs::path> names;
    fs::directory_iterator entry(element, failed);
    for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
      const fs::path extension = entry->path().extension();
      if (extension == ".so" || extension == ".dll") names.push_back(entry->path());
    }
    if (failed)
      warn(Code::PS0104, element, "plugin directory `" + element.string() + "` cannot be read", "a readable directory",
           failed.message());
    std::sort(names.begin(), names.end());
    for (const fs::path& name : names) consider(name);
  }

  std::vector<Candidate> take() { return std::move(candidates_); }

 private:
  void consider(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      missing(path, errno);
    } else if (!S_ISREG(status.st_mode)) {
      warn(Code::PS0102, path, '`' + path.filename().string() + "` is not a regular file", "a regular file",
           std::string(kind_of(status.st_mode)));
    } else if (seen_.emplace(status.st_dev, status.st_ino).second) {
      candidates_.push_back({path});
    }
  }

  void missing(const fs::path& path, int reason) {
    std::error_code ignored;
    const bool is_link = fs::is_symlink(fs::symlink_status(path, ignored));
    if (is_link && (reason == ENOENT || reason == ELOOP)) {
      const std::string target = '`' + fs::read_symlink(path, ignored).string() + '`';
      warn(Code::PS0103, path, "link `" + path.filename().string() + "` leads nowhere", "a file behind it",
           target + (reason == ELOOP ? ", in a circle" : ", which does not exist"));
    } else {
      warn(Code::PS0104, path, '`' + path.string() + "` in the plugin path cannot be used", "a directory or a file",
           std::generic_category().message(reason));
    }
  }

  void warn(Code code, const fs::path& path, std::string summary, std::string expected, std::string is) {
    found_.add({.code = code,
                .summary = std::move(summary),
                .place = {.file = path.string()},
                .comparisons = {{"", std::move(expected), std::move(is)}},
                .help = {"mend it or remove it"},
                .severity = Severity::warning});
  }

  Diagnostics& found_;
  std::vector<Candidate> candidates_;
  std::set<std::pair<dev_t, ino_t>> seen_;
};

}  // namespace

std::vector<Candidate> discover(const PluginPath& path, Diagnostics& found) {
  Discovery discovery(found);
  for (const fs::path& element : path) discovery.visit(element);
  return discovery.take();
}

}  // namespace penstock::plugin
