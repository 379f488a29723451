#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace penstock::plugin {

/** What to do about a library that could not be loaded and that was compiled with a sanitizer: the sanitizer's own library
 *  wants to be the first of the process, and `dlopen` is too late for that. Empty: it needs none that does, or the process
 *  has it. Reads the file, and runs none of it. */
[[nodiscard]] std::string advise_on_sanitizer(const std::filesystem::path& library);

/** The same where loading it ended a process: only if that is what the sanitizer said, in the `output` of the process. Such
 *  a library may crash for a reason of its own. */
[[nodiscard]] std::string advise_on_sanitizer(const std::filesystem::path& library, std::string_view output);

/** What to do about a library that uses `symbol`, which nobody defines: a compiler that links a sanitizer into programs only
 *  leaves its symbols open in libraries. Empty: it is no symbol of one. */
[[nodiscard]] std::string advise_on_sanitizer_symbol(std::string_view symbol);

}  // namespace penstock::plugin
