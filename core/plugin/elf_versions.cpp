#include "plugin/elf_versions.hpp"

#include <algorithm>

namespace penstock::plugin {
namespace {

/** glibc defines forty, and nobody wants more than a few of a few libraries. The limits keep a file made to slow us down
 *  short: names may share their bytes. */
constexpr std::uint64_t most_entries = 1000;
constexpr std::size_t longest_version = 128;

/** Calls `visit` with the entries of a chain and their addresses: each holds its distance to the next, 0 in the last. */
template <class Entry, class Visit>
void walk(ElfFile& file, std::uint64_t address, std::uint64_t count, std::uint64_t& budget, Visit visit) {
  for (; count > 0 && budget > 0; --count, --budget) {
    const auto entry = file.value<Entry>(address);
    if (!entry) return;
    visit(*entry, address);
    if (entry->next == 0) return;
    address += entry->next;
  }
}

}  // namespace

std::vector<NeededVersion> needed_versions(ElfFile& file, const ElfSymbols& symbols) {
  const ElfDynamic& dynamic = file.dynamic();
  std::vector<NeededVersion> found;
  if (dynamic.needed_versions == 0) return found;
  std::uint64_t budget = most_entries;
  walk<elf::NeededVersions>(
      file, dynamic.needed_versions, dynamic.needed_count, budget, [&](const auto& of_library, std::uint64_t at) {
        const std::string_view library = symbols.string(of_library.library);
        walk<elf::NeededVersion>(file, at + of_library.first, of_library.count, budget, [&](const auto& one, auto) {
          const std::string_view version = symbols.string(one.name);
          if ((one.flags & elf::version_weak) == 0 && version.size() <= longest_version)
            found.push_back({std::string(library), std::string(version)});
        });
      });
  return found;
}

std::vector<std::string> defined_versions(ElfFile& file, const ElfSymbols& symbols) {
  const ElfDynamic& dynamic = file.dynamic();
  std::vector<std::string> found;
  if (dynamic.defined_versions == 0) return found;
  std::uint64_t budget = most_entries;
  walk<elf::DefinedVersion>(file, dynamic.defined_versions, dynamic.defined_count, budget,
                            [&](const auto& one, std::uint64_t at) {
                              const auto name = file.value<elf::VersionName>(at + one.first);
                              const std::string_view version = name ? symbols.string(name->name) : "";
                              if (!version.empty() && version.size() <= longest_version) found.emplace_back(version);
                            });
  return found;
}

}  // namespace penstock::plugin
