#pragma once

namespace penstock::plugin {

/** Points into an executable segment of a loaded library or the program. A method may be one of another library (`free` as
 *  `destroy`), but never data. */
[[nodiscard]] bool is_loaded_code(const void* address) noexcept;

/** Both lie in the same loaded library. */
[[nodiscard]] bool are_of_one_library(const void* one, const void* other) noexcept;

}  // namespace penstock::plugin
