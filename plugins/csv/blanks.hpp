// Blanks around a field, which are part of it.
#pragma once
#include <string>
#include <string_view>

namespace csv {

/// A text from its first byte to its last that is no blank.
std::string_view without_blanks(std::string_view text);

/// What to do about the blanks around a field; empty if there are none.
std::string advise_on_blanks(std::string_view field);

}  // namespace csv
