#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plugin/byte_source.hpp"

namespace penstock::plugin {

/** Names that were found, for people: the first few, and how many there are. */
struct FoundNames {
  std::vector<std::string> first = {};  ///< at most 8
  std::size_t count = 0;
};

/** What a library does that the loader does not mind and that does harm in a process full of plugins. */
struct ElfHabits {
  FoundNames exported = {};      ///< no plugin's to export; but for templates of `std` and what the linker defines
  FoundNames host_defines = {};  ///< those among them that the host has, too: its own calls reach the host's
  FoundNames unique = {};        ///< bound once for the whole process (STB_GNU_UNIQUE), whatever the scope
  FoundNames calls = {};    ///< functions that it uses and that act on the whole process: `exit`, `fork`, `setlocale`
  FoundNames outside = {};  ///< directories of its run path that do not move with it
  bool static_tls = false;  ///< its thread-local data must fit into what the loader keeps in reserve
  bool text_relocations = false;  ///< its code is written to while it is loaded
  bool never_unloaded = false;    ///< by its own wish (DF_1_NODELETE)
};

/** Reads the habits of an ELF library for this machine; nothing if it is none.
 *
 *  @param host_defines  whether the host, and what it was linked with, defines a symbol for others */
[[nodiscard]] std::optional<ElfHabits> read_habits(const ByteSource& source,
                                                   const std::function<bool(const std::string&)>& host_defines);

}  // namespace penstock::plugin
