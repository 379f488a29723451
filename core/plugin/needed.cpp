#include "plugin/needed.hpp"

#include <cstdlib>
#include <memory>
#include <set>
#include <utility>

#include "plugin/file_source.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_libraries = 1000;

void add_directories(std::string_view list, const fs::path& origin, std::vector<fs::path>& directories) {
  while (!list.empty()) {
    const std::size_t colon = std::min(list.find(':'), list.size());
    std::string directory(list.substr(0, colon));
    for (const std::string_view word : {"$ORIGIN", "${ORIGIN}"})
      if (const std::size_t at = directory.find(word); at != std::string::npos)
        directory.replace(at, word.size(), origin.string());
    if (!directory.empty()) directories.emplace_back(directory);
    list.remove_prefix(std::min(colon + 1, list.size()));
  }
}

std::vector<fs::path> search_path(const Dependencies& dependencies, const fs::path& library) {
  std::vector<fs::path> directories;
  std::error_code ignored;
  const fs::path origin = fs::absolute(library, ignored).parent_path();
  add_directories(dependencies.rpath, origin, directories);
  if (const char* const variable = std::getenv("LD_LIBRARY_PATH")) add_directories(variable, {}, directories);
  add_directories(dependencies.run_path, origin, directories);
#if defined(__aarch64__)
  constexpr std::string_view triplet = "aarch64-linux-gnu";
#else
  constexpr std::string_view triplet = "x86_64-linux-gnu";
#endif
  for (const fs::path prefix : {"/lib", "/usr/lib", "/usr/local/lib"}) {
    directories.push_back(prefix / triplet);
    directories.push_back(prefix);
  }
  directories.emplace_back("/lib64");
  directories.emplace_back("/usr/lib64");
  return directories;
}

/** A library that is to be looked through. */
struct Library {
  fs::path path;
  Dependencies dependencies;
};

std::unique_ptr<FileSource> open(const std::string& needed, const std::vector<fs::path>& directories, fs::path& path) {
  Diagnostics unheard;
  if (needed.find('/') != std::string::npos) return FileSource::open(path = needed, unheard);
  for (const fs::path& directory : directories)
    if (auto source = FileSource::open(path = directory / needed, unheard)) return source;
  return nullptr;
}

}  // namespace

std::vector<std::string> defined_nowhere(std::vector<std::string> names, Dependencies dependencies,
                                         const fs::path& library) {
  std::vector<Library> waiting{{library, std::move(dependencies)}};
  std::set<std::string> seen;
  while (!waiting.empty() && !names.empty()) {
    const Library next = std::move(waiting.back());
    waiting.pop_back();
    const std::vector<fs::path> directories = search_path(next.dependencies, next.path);
    for (const std::string& needed : next.dependencies.needed) {
      if (!seen.insert(needed).second) continue;
      if (seen.size() > most_libraries) return {};
      fs::path path;
      const auto source = open(needed, directories, path);
      if (!source) return {};
      waiting.push_back({path, remove_defined(*source, names)});
    }
  }
  return names;
}

}  // namespace penstock::plugin
