#include "plugin/loader_search.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <string_view>
#include <utility>

#if __has_include(<sys/auxv.h>)
#include <sys/auxv.h>
#endif

#include "plugin/file_source.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;

#if defined(__aarch64__)
constexpr std::string_view triplet = "aarch64-linux-gnu";
#else
constexpr std::string_view triplet = "x86_64-linux-gnu";
#endif

/** What the kernel calls the processor (`x86_64`), as the loader asks it. */
std::string platform() {
#if defined(AT_PLATFORM)
  if (const unsigned long name = ::getauxval(AT_PLATFORM); name != 0) return reinterpret_cast<const char*>(name);
#endif
  return {};
}

/** The length of `word` at the beginning of `text`, also in braces; 0 if a longer word stands there, or another. */
std::size_t length_of(std::string_view word, std::string_view text) {
  const bool is_braced = text.starts_with('{');
  if (!text.substr(is_braced ? 1 : 0).starts_with(word)) return 0;
  const std::size_t length = word.size() + (is_braced ? 2 : 0);
  if (is_braced) return text.substr(0, length).ends_with('}') ? length : 0;
  const char behind = length < text.size() ? text[length] : '/';
  return std::isalnum(static_cast<unsigned char>(behind)) != 0 || behind == '_' ? 0 : length;
}

/** `$ORIGIN/lib` -> `/opt/plugins/lib`; `$LIB` is where a distribution keeps the libraries of this machine. */
std::string expanded(std::string_view text, const fs::path& library) {
  std::error_code ignored;
  const std::pair<std::string_view, std::string> words[] = {
      {"ORIGIN", fs::absolute(library, ignored).parent_path().string()},
      {"LIB", "lib/" + std::string(triplet)},
      {"PLATFORM", platform()}};
  std::string path;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('$'), text.size());
    path += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    text.remove_prefix(1);
    const auto word = std::ranges::find_if(words, [&](const auto& one) { return length_of(one.first, text) > 0; });
    path += word == std::end(words) ? "$" : word->second;
    if (word != std::end(words)) text.remove_prefix(length_of(word->first, text));
  }
  return path;
}

/** ld.so takes an empty element as the current directory. A file may hold more elements than anybody looks through. */
SearchPath split(std::string_view list, std::string_view separators, const fs::path& library) {
  constexpr std::size_t most_elements = 64;
  SearchPath directories;
  while (!list.empty() && directories.size() < most_elements) {
    const std::size_t end = std::min(list.find_first_of(separators), list.size());
    directories.emplace_back(end == 0 ? "." : expanded(list.substr(0, end), library));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return directories;
}

void append(SearchPath& path, const SearchPath& more) { path.insert(path.end(), more.begin(), more.end()); }

}  // namespace

LoaderSearch::LoaderSearch() {
  if (const char* const variable = std::getenv("LD_LIBRARY_PATH")) of_environment_ = split(variable, ":;", {});
  for (const fs::path prefix : {"/lib", "/usr/lib"}) {
    of_system_.push_back(prefix / triplet);
    of_system_.push_back(prefix);
  }
  of_system_.emplace_back("/lib64");
  of_system_.emplace_back("/usr/lib64");
  int reason = 0;  // a system need not have one
  if (const auto source = FileSource::open("/etc/ld.so.cache", reason)) cache_ = read_loader_cache(*source);
  knows_the_system_ = !is_want_of_means(reason);
}

SearchPath LoaderSearch::rpath(const Dependencies& dependencies, const fs::path& library, const SearchPath& inherited) {
  SearchPath path = split(dependencies.rpath, ":", library);
  append(path, inherited);
  return path;
}

std::vector<fs::path> LoaderSearch::candidates(const std::string& needed, const Dependencies& dependencies,
                                               const fs::path& library, const SearchPath& rpath) const {
  if (needed.find('/') != std::string::npos) return {expanded(needed, library)};
  std::vector<fs::path> files;
  const auto look_in = [&](const SearchPath& path) {
    for (const fs::path& directory : path) files.push_back(directory / needed);
  };
  if (dependencies.run_path.empty()) look_in(rpath);
  look_in(of_environment_);
  look_in(split(dependencies.run_path, ":", library));
  if (const std::string_view cached = cache_.find(needed); !cached.empty()) files.emplace_back(cached);
  look_in(of_system_);
  return files;
}

std::string LoaderSearch::places(const Dependencies& dependencies, const fs::path& library,
                                 const SearchPath& rpath) const {
  std::string text;
  const auto append_all = [&](const SearchPath& path) {
    for (const fs::path& directory : path) text += '`' + directory.string() + "`, ";
  };
  append_all(dependencies.run_path.empty() ? rpath : split(dependencies.run_path, ":", library));
  append_all(of_environment_);
  return text + "the directories of the system";
}

}  // namespace penstock::plugin
