// Files that are no CSV, told by how they begin.
#pragma once
#include <string>
#include <string_view>

namespace csv {

/// Bytes of a file that tell its kind.
inline constexpr std::size_t enough_for_kind = 4;

/// `found gzip, expected text; ...` for a file that is compressed or of a spreadsheet; empty: it may be CSV.
std::string refusal_of_kind(std::string_view start);

/// What to do about a first line that no header begins like, of JSON or bzip2; empty: it is neither. A row may begin so.
std::string advise_on_kind(std::string_view line);

}  // namespace csv
