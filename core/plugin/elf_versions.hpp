#pragma once

#include <string>
#include <vector>

#include "plugin/elf_symbols.hpp"
#include "plugin/image.hpp"

namespace penstock::plugin {

/** The versions of other libraries' symbols that a library wants (`GLIBC_2.34` of `libc.so.6`), those left out that it can
 *  do without. Says PS0108 where a symbol has a version that no table of the library knows. */
[[nodiscard]] std::vector<NeededVersion> needed_versions(ElfFile& file, const ElfSymbols& symbols);

/** The versions of its symbols that a library offers; empty: it has none, and the loader asks for none. */
[[nodiscard]] std::vector<std::string> defined_versions(ElfFile& file, const ElfSymbols& symbols);

}  // namespace penstock::plugin
