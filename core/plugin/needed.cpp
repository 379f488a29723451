#include "plugin/needed.hpp"

#include <cstdlib>

#include "plugin/file_source.hpp"

namespace penstock::plugin {
namespace {

namespace fs = std::filesystem;

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

std::vector<fs::path> search_path(const Image& image, const fs::path& library) {
  std::vector<fs::path> directories;
  std::error_code ignored;
  add_directories(image.run_path, fs::absolute(library, ignored).parent_path(), directories);
  if (const char* const variable = std::getenv("LD_LIBRARY_PATH")) add_directories(variable, {}, directories);
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

}  // namespace

std::vector<std::string> defined_nowhere(std::vector<std::string> names, const Image& image, const fs::path& library) {
  const std::vector<fs::path> directories = search_path(image, library);
  for (const std::string& needed : image.needed) {
    if (names.empty()) break;
    Diagnostics unheard;
    std::unique_ptr<FileSource> source;
    if (needed.find('/') != std::string::npos) source = FileSource::open(needed, unheard);
    for (auto directory = directories.begin(); !source && directory != directories.end(); ++directory)
      source = FileSource::open(*directory / needed, unheard);
    if (!source) return {};
    remove_defined(*source, names);
  }
  return names;
}

}  // namespace penstock::plugin
