#pragma once

#include <string>
#include <string_view>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** For the author of a library that exports no type although its source does. */
inline constexpr std::string_view advise_on_static_library =
    "if it stands in a static library, the linker left it out: name its source among those of the plugin, or link with "
    "`-Wl,--whole-archive` and without `-Wl,--exclude-libs`";

/** Of a library that exports no type: says so if the text of a manifest is in it all the same. Then something made its
 *  symbols local: a version script, hidden visibility, a tool that edits symbols. Reads the file once, block by block. */
void report_hidden_types(const ByteSource& source, const std::string& file, Diagnostics& faults);

}  // namespace penstock::plugin
