#pragma once

#include <filesystem>

#include "diagnostic/diagnostic.hpp"
#include "plugin/needed.hpp"

namespace penstock::plugin {

/** Says what keeps the loader from loading `library`, in the words of who can mend it: one diagnostic for each kind of
 *  cause. */
void report(const Unmet& unmet, const std::filesystem::path& library, Diagnostics& faults);

}  // namespace penstock::plugin
