#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "diagnostic/diagnostic.hpp"

namespace penstock::pipeline {

/** The bytes of a regular file of at most `limit` bytes. Anything else (nothing there, a directory, a FIFO, too large)
 *  is reported; it never blocks. */
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t limit,
                                                   diagnostic::Diagnostics& found);

}  // namespace penstock::pipeline
