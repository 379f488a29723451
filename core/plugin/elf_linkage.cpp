#include "plugin/elf_linkage.hpp"

#include <algorithm>

#include "plugin/elf_versions.hpp"

namespace penstock::plugin {
namespace {

constexpr std::size_t most_needed = 256;

}  // namespace

Dependencies read_dependencies(ElfFile& file, const ElfSymbols& symbols) {
  const ElfDynamic& dynamic = file.dynamic();
  Dependencies found;
  if (dynamic.needed.size() > most_needed) {
    file.malformed("at most " + std::to_string(most_needed) + " needed libraries",
                   std::to_string(dynamic.needed.size()), 0);
    return found;
  }
  for (const std::uint64_t offset : dynamic.needed) found.needed.emplace_back(symbols.string(offset));
  if (dynamic.soname != 0) found.soname = symbols.string(dynamic.soname);
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

ExportedSymbols exported_symbols(const ByteSource& source) {
  Diagnostics unheard;
  const std::string file;
  ElfFile library(source, file, unheard);
  const ElfSymbols symbols(library);
  std::unordered_set<std::string> names;
  std::uint64_t room = 4 * std::min(source.size(), largest_table);  // names may share their bytes
  for (const elf::Symbol& symbol : symbols.all()) {
    if (!is_exported(symbol)) continue;
    const std::uint64_t cost = symbols.cost(symbol);
    if (cost > room) return std::nullopt;
    room -= cost;
    names.emplace(symbols.name(symbol));
  }
  return library.faulty() ? std::nullopt : std::optional(std::move(names));
}

}  // namespace penstock::plugin
