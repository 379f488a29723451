#include "plugin/discover.hpp"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "plugin/file_identity.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;
using diagnostic::Severity;

std::string_view name(fs::file_type kind) {
  switch (kind) {
    case fs::file_type::directory: return "a directory";
    case fs::file_type::fifo: return "a FIFO";
    case fs::file_type::socket: return "a socket";
    default: return "a device";
  }
}

/** What to do about an element that is no path, but several that exist: `/a,/b`. Empty: it is not. */
std::string advise_on_list(const std::string& element) {
  constexpr std::string_view separators = ",;:";
  std::string joined;
  std::size_t count = 0;
  for (std::size_t at = 0; (at = element.find_first_not_of(",;: ", at)) != std::string::npos; ++count) {
    const std::string path = element.substr(at, element.find_first_of(separators, at) - at);
    std::error_code failed;
    if (!fs::exists(path, failed)) return {};
    joined.append(joined.empty() ? "" : std::string(1, path_separator)).append(path);
    at += path.size();
  }
  if (count < 2) return {};
  return "separate directories with `" + std::string(1, path_separator) + "` in `PENSTOCK_PLUGIN_PATH`: `" + joined +
         "`; give each a `--plugins` of its own on the command line";
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
    for (; !failed && entry != fs::directory_iterator(); entry.increment(failed))
      if (is_named_as_library(entry->path())) names.push_back(entry->path());
    if (failed)
      warn(Code::PS0104, element, "plugin directory `" + element.string() + "` cannot be read", "a readable directory",
           failed.message());
    std::ranges::sort(names, {}, &fs::path::native);
    for (fs::path& name : names) consider(std::move(name));
  }

  std::vector<Candidate> take() { return std::move(candidates_); }

 private:
  void consider(fs::path path) {
    if (const auto identity = identity_of(path)) {
      if (is_first(*identity)) candidates_.push_back({std::move(path)});
      return;
    }
    std::error_code failed;
    const fs::file_type kind = fs::status(path, failed).type();
    if (failed) {
      missing(path, failed);
    } else if (kind != fs::file_type::regular) {
      warn(Code::PS0102, path, '`' + path.filename().string() + "` is not a regular file", "a regular file",
           std::string(name(kind)));
    } else {
      candidates_.push_back({std::move(path)});  // whoever opens it says what is wrong with it
    }
  }

  bool is_first(const FileIdentity& identity) { return seen_.emplace(identity.device, identity.inode).second; }

  void missing(const fs::path& path, const std::error_code& reason) {
    const bool is_circle = reason == std::errc::too_many_symbolic_link_levels;
    std::error_code ignored;
    const bool is_link = fs::is_symlink(fs::symlink_status(path, ignored));
    if (is_link && (is_circle || reason == std::errc::no_such_file_or_directory)) {
      const std::string target = '`' + fs::read_symlink(path, ignored).string() + '`';
      warn(Code::PS0103, path, "link `" + path.filename().string() + "` leads nowhere", "a file behind it",
           target + (is_circle ? ", in a circle" : ", which does not exist"));
    } else {
      const std::string list_advice = advise_on_list(path.string());
      warn(Code::PS0104, path, '`' + path.string() + "` in the plugin path cannot be used", "a directory or a file",
           reason.message(), list_advice.empty() ? "correct the path or remove it" : list_advice);
    }
  }

  void warn(Code code, const fs::path& path, std::string summary, std::string expected, std::string is,
            std::string help = "mend it or remove it") {
    found_.add({.code = code,
                .summary = std::move(summary),
                .place = {.file = path.string()},
                .comparisons = {{"", std::move(expected), std::move(is)}},
                .help = {std::move(help)},
                .severity = Severity::warning});
  }

  Diagnostics& found_;
  std::vector<Candidate> candidates_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;
};

}  // namespace

// By the text of the path: to take a path apart costs more than to look at its file.
bool is_named_as_library(const fs::path& path) {
  static const fs::path elf = ".so", pe = ".dll";
  const std::basic_string_view<fs::path::value_type> text = path.native();
  for (const fs::path& extension : {std::cref(elf), std::cref(pe)}) {
    const std::size_t stem = text.size() - std::min(text.size(), extension.native().size());
    if (stem > 0 && text[stem - 1] != fs::path::preferred_separator && text.ends_with(extension.native())) return true;
  }
  return false;
}

std::vector<Candidate> discover(const PluginPath& path, Diagnostics& found) {
  Discovery discovery(found);
  for (const fs::path& element : path) discovery.visit(element);
  return discovery.take();
}

}  // namespace penstock::plugin
