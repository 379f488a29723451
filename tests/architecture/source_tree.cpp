#include "architecture/source_tree.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace penstock::architecture {

std::filesystem::path source_root() { return PENSTOCK_SOURCE_DIR; }

std::vector<SourceFile> source_files(const std::string& folder) {
  static const std::set<std::string> extensions = {".c", ".cpp", ".h", ".hpp"};
  std::vector<SourceFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_root() / folder)) {
    if (!extensions.contains(entry.path().extension().string())) continue;
    std::ifstream stream(entry.path());
    files.push_back({entry.path().lexically_relative(source_root()).generic_string(),
                     {std::istreambuf_iterator<char>(stream), {}}});
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<std::string> includes(const SourceFile& file) {
  static const std::regex line(R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]*[<"]([^">\n]+)[">])re");
  std::vector<std::string> names;
  for (std::sregex_iterator match(file.text.begin(), file.text.end(), line), end; match != end; ++match)
    names.push_back((*match)[1]);
  return names;
}

}  // namespace penstock::architecture
