#pragma once

#include <optional>
#include <string_view>

#include "diagnostic/code.hpp"

namespace penstock::diagnostic {

/** The page about `code`, `explain/PS0201.md`: Markdown that reads well as it is, in lines of at most 100 bytes. Static
 *  text. */
[[nodiscard]] std::string_view page(Code code) noexcept;

/** The code that somebody meant: its case, the `PS` and the zeros behind it may be missing (`ps0201`, `201`). Nothing
 *  where there is no such code. */
[[nodiscard]] std::optional<Code> find_code(std::string_view text) noexcept;

}  // namespace penstock::diagnostic
