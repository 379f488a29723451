// Blanks around a field, which are part of it.
#pragma once
#include <string>
#include <string_view>

namespace csv {

/// A text from its first byte to its last that is no blank.
std::string_view without_blanks(std::string_view text);

/// What to do about the blanks around a field; empty if there are none. A
/// command would change what stands in quotes as well: it says so, and is not offered to a field that has them.
std::string advise_on_blanks(std::string_view field, bool was_quoted, char delimiter);

}  // namespace csv
