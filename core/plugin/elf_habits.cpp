#include "plugin/elf_habits.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugin/elf_symbols.hpp"

namespace penstock::plugin {
namespace {

constexpr std::size_t most_names = 8;

void add(FoundNames& names, std::string_view name) {
  if (names.first.size() < most_names) names.first.emplace_back(name);
  ++names.count;
}

/** Instances of the standard library's templates (Itanium C++ ABI, section 5.1): its headers give them default visibility, so
 *  that no option of a plugin's author hides them. */
bool is_of_standard_library(std::string_view mangled) {
  constexpr std::array<std::string_view, 11> wrappings = {"TI", "TS", "TV", "TT", "GV", "GR", "Z", "N", "K", "V", "L"};
  if (!mangled.starts_with("_Z")) return false;
  mangled.remove_prefix(2);
  for (bool wrapped = true; wrapped;) {
    const auto wrapping =
        std::ranges::find_if(wrappings, [&](std::string_view one) { return mangled.starts_with(one); });
    wrapped = wrapping != wrappings.end();
    if (wrapped) mangled.remove_prefix(wrapping->size());
  }
  return mangled.starts_with('S') || mangled.starts_with("9__gnu_cxx") || mangled.starts_with("10__cxxabiv1");
}

bool is_for_the_host(std::string_view name) {
  return name.starts_with("penstock_type_") || name.starts_with("penstock_methods_");
}

/** The linker defines them, and exports them where a needed library speaks of one, as libc++ does. */
bool is_of_linker(std::string_view name) {
  constexpr std::array<std::string_view, 9> symbols = {"__bss_start", "_edata", "edata", "_end", "end",
                                                       "_etext",      "etext",  "_init", "_fini"};
  return std::ranges::find(symbols, name) != symbols.end();
}

/** They end, copy or reconfigure the process, which is not the plugin's. */
bool acts_on_the_process(std::string_view name) {
  constexpr std::array<std::string_view, 7> functions = {"exit", "_exit", "_Exit",    "quick_exit",
                                                         "fork", "vfork", "setlocale"};
  return std::ranges::find(functions, name) != functions.end();
}

void read_symbols(const ElfSymbols& symbols, const std::function<bool(const std::string&)>& host_defines,
                  ElfHabits& habits) {
  for (const elf::Symbol& symbol : symbols.all()) {
    const std::string_view name = symbols.name(symbol);
    if (name.empty()) continue;
    if (is_needed(symbol) && acts_on_the_process(name)) add(habits.calls, name);
    const bool is_absolute = symbol.section == elf::section_absolute;  // such as the names of versions
    if (!is_exported(symbol) || is_absolute || is_for_the_host(name) || is_of_linker(name)) continue;
    if (symbol.binding() == elf::binding_unique) {
      add(habits.unique, name);
    } else if (symbol.binding() != elf::binding_weak || !is_of_standard_library(name)) {
      add(habits.exported, name);
      if (host_defines(std::string(name))) add(habits.host_defines, name);
    }
  }
}

void read_run_path(std::string_view path, ElfHabits& habits) {
  while (!path.empty()) {
    const std::string_view directory = path.substr(0, path.find(':'));
    if (!directory.starts_with("$ORIGIN") && !directory.starts_with("${ORIGIN}")) add(habits.outside, directory);
    path.remove_prefix(std::min(path.size(), directory.size() + 1));
  }
}

}  // namespace

std::optional<ElfHabits> read_habits(const ByteSource& source,
                                     const std::function<bool(const std::string&)>& host_defines) {
  Diagnostics unheard;  // what is wrong with the image is said by who judges it
  const std::string file;
  ElfFile library(source, file, unheard);
  const ElfSymbols symbols(library);
  if (library.faulty()) return std::nullopt;
  const ElfDynamic& dynamic = library.dynamic();
  ElfHabits habits{.static_tls = (dynamic.flags & elf::flag_static_tls) != 0,
                   .text_relocations = dynamic.text_relocations || (dynamic.flags & elf::flag_text_relocations) != 0,
                   .never_unloaded = (dynamic.flags_1 & elf::flag_1_no_delete) != 0};
  read_symbols(symbols, host_defines, habits);
  const std::uint64_t run_path = dynamic.run_path != 0 ? dynamic.run_path : dynamic.rpath;
  if (run_path != 0) read_run_path(symbols.string(run_path), habits);
  return habits;
}

}  // namespace penstock::plugin
