#pragma once

#include "plugin/image.hpp"

namespace penstock::plugin {

/** `read_image` of an ELF library. */
[[nodiscard]] std::optional<Image> read_elf_image(const ByteSource& source, const std::string& file,
                                                  Diagnostics& found);

}  // namespace penstock::plugin
