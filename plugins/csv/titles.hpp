// Lines of text above the header.
#pragma once
#include "header.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace csv {

/// What to set so that the header is found, if one stands in the first lines of `below`, which is what follows the record
/// that is none and begins with line `line` of the file; else empty.
std::string advise_on_titles(const Record& first, std::string_view below, std::uint64_t line, RecordForm form,
                             const Constants& constants, const FieldMap& fields);

}  // namespace csv
