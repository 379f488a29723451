#pragma once

#include "plugin/elf_symbols.hpp"
#include "plugin/image.hpp"

namespace penstock::plugin {

/** The libraries that this one needs, in which versions, and where it wants them to be looked for. */
[[nodiscard]] Dependencies read_dependencies(ElfFile& file, const ElfSymbols& symbols);

}  // namespace penstock::plugin
