#pragma once

#include <string>

#include "diagnostic/diagnostic.hpp"
#include "plugin/byte_source.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** Of a library that exports no type: says so if the text of a manifest is in it all the same. Then something made its
 *  symbols local: a version script, hidden visibility, a tool that edits symbols. Reads the file once, block by block. */
void report_hidden_types(const ByteSource& source, const std::string& file, Diagnostics& faults);

}  // namespace penstock::plugin
