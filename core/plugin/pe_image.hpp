#pragma once

#include "plugin/image.hpp"

namespace penstock::plugin {

/** `read_image` of a library for Windows (PE32+). */
[[nodiscard]] std::optional<Image> read_pe_image(const ByteSource& source, const std::string& file, Diagnostics& found);

}  // namespace penstock::plugin
