#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace penstock::plugin {

/** Points into an executable segment of a loaded library or the program. A method may be one of another library (`free` as
 *  `destroy`), but never data. */
[[nodiscard]] bool is_loaded_code(const void* address) noexcept;

/** Both lie in the same loaded library. */
[[nodiscard]] bool are_of_one_library(const void* one, const void* other) noexcept;

/** The libraries that this process has loaded, by the names of their files and by those that they give themselves
 *  (DT_SONAME): the loader takes what has either for a needed library of that name. */
[[nodiscard]] std::map<std::string, std::filesystem::path, std::less<>> loaded_libraries();

/** A symbol that the program or a library that it was started with defines for all others. */
[[nodiscard]] bool is_defined_in_process(const std::string& symbol) noexcept;

}  // namespace penstock::plugin
