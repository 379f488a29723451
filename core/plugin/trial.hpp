#pragma once

#include <chrono>
#include <filesystem>
#include <span>

#include "diagnostic/diagnostic.hpp"

namespace penstock::plugin {

using diagnostic::Diagnostics;

/** Loads `libraries` in a child of this process first, so that one whose static constructors crash, throw, hang or exit
 *  ends the child and not the host. Says PS0117 for each that does, with what it wrote, and for those that do so only
 *  together; PS0118, a warning, for each that wrote something. What the loader refuses is left for load() to say. All are
 *  loaded in one child, as they will be in the host; it costs one fork, and a few more where something is to be said. Each
 *  has `limit` for itself; one that hangs behind others has it twice, for it is tried again alone. Call while the process has one thread. */
void try_loading(std::span<const std::filesystem::path> libraries, Diagnostics& found,
                 std::chrono::nanoseconds limit = std::chrono::seconds(5));

}  // namespace penstock::plugin
