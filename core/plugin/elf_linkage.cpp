#include "plugin/elf_linkage.hpp"

#include <algorithm>

#include "plugin/elf_versions.hpp"

namespace penstock::plugin {

Dependencies read_dependencies(ElfFile& file, const ElfSymbols& symbols) {
  const ElfDynamic& dynamic = file.dynamic();
  Dependencies found;
  for (const std::uint64_t offset : dynamic.needed) found.needed.emplace_back(symbols.string(offset));
  found.versions = needed_versions(file, symbols);
  if (dynamic.run_path != 0)
    found.run_path = symbols.string(dynamic.run_path);
  else if (dynamic.rpath != 0)  // the loader heeds only one of them
    found.rpath = symbols.string(dynamic.rpath);
  return found;
}

std::optional<Linkage> read_linkage(const ByteSource& source, const std::string& file, Diagnostics& found) {
  ElfFile library(source, file, found);
  const ElfSymbols symbols(library);
  Linkage linkage{.versions = defined_versions(library, symbols), .dependencies = read_dependencies(library, symbols)};
  std::ranges::sort(linkage.versions);
  return library.faulty() ? std::nullopt : std::optional(std::move(linkage));
}

std::unordered_set<std::string> exported_symbols(const ByteSource& source) {
  Diagnostics unheard;
  const std::string file;
  ElfFile library(source, file, unheard);
  const ElfSymbols symbols(library);
  std::unordered_set<std::string> names;
  for (const elf::Symbol& symbol : symbols.all())
    if (is_exported(symbol)) names.emplace(symbols.name(symbol));
  return names;
}

}  // namespace penstock::plugin
