#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace penstock::plugin {

/** What a file is that begins like no library of this system, for a reader who wonders, and what to do about it. */
struct OtherFile {
  std::string what;  ///< `a static library`, ``a text that begins `#!/bin/sh` ``, `bytes 1f 8b 08 00`
  std::string help;
};

/** @param beginning  the first bytes of the file, 8 of them or more tell all that is known
 *  @param file       its path: who names a file of another kind does not want to hear that it should be removed */
[[nodiscard]] OtherFile tell_other_file(std::span<const std::byte> beginning, const std::string& file);

/** ``put a shared library there or remove the file``, or the like for a file whose name is not that of a library. */
[[nodiscard]] std::string advise_on_other_file(const std::string& file);

}  // namespace penstock::plugin
