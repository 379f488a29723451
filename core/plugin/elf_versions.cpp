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

/** Bits of the index of a version; the one above them hides a symbol of that version. */
constexpr std::uint16_t index_bits = 0x7fff;

/** The loader makes a table of versions as long as the greatest index in these tables, and looks up in it what the index
 *  of a symbol says, whatever that is: a greater one ends the process. */
void check_indexes(ElfFile& file, const ElfSymbols& symbols, std::uint16_t greatest_needed, std::uint64_t budget) {
  const auto greatest = [](std::uint16_t one, std::uint16_t other) { return std::max(one, other); };
  std::uint16_t known = std::max(greatest_needed, std::uint16_t{1}), used = 0;
  for (const std::uint16_t index : symbols.version_indexes()) used = greatest(used, index & index_bits);
  if (used <= known) return;
  const ElfDynamic& dynamic = file.dynamic();
  if (dynamic.defined_versions != 0)
    walk<elf::DefinedVersion>(file, dynamic.defined_versions, dynamic.defined_count, budget,
                              [&](const auto& one, auto) { known = greatest(known, one.index & index_bits); });
  if (used <= known || budget == 0) return;
  const auto& indexes = symbols.version_indexes();
  const auto bad = std::ranges::find_if(indexes, [&](std::uint16_t index) { return (index & index_bits) == used; });
  file.malformed("indexes of versions up to " + std::to_string(known) + ", as its tables have them",
                 std::to_string(used) + " of the symbol " + std::to_string(bad - indexes.begin()),
                 dynamic.versions + 2 * static_cast<std::uint64_t>(bad - indexes.begin()));
}

}  // namespace

std::vector<NeededVersion> needed_versions(ElfFile& file, const ElfSymbols& symbols) {
  const ElfDynamic& dynamic = file.dynamic();
  std::vector<NeededVersion> found;
  if (dynamic.needed_versions == 0 && dynamic.defined_versions == 0) return found;  // then no index counts
  std::uint64_t budget = most_entries;
  std::uint16_t greatest = 0;
  if (dynamic.needed_versions != 0)
    walk<elf::NeededVersions>(
        file, dynamic.needed_versions, dynamic.needed_count, budget, [&](const auto& of_library, std::uint64_t at) {
          const std::string_view library = symbols.string(of_library.library);
          walk<elf::NeededVersion>(file, at + of_library.first, of_library.count, budget, [&](const auto& one, auto) {
            const std::string_view version = symbols.string(one.name);
            greatest = std::max(greatest, static_cast<std::uint16_t>(one.index & index_bits));
            if ((one.flags & elf::version_weak) == 0 && version.size() <= longest_version)
              found.push_back({std::string(library), std::string(version)});
          });
        });
  check_indexes(file, symbols, greatest, budget);
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
