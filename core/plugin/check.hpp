#pragma once

#include <string>

#include "diagnostic/diagnostic.hpp"
#include "plugin/inspect.hpp"

namespace penstock::plugin {

/** Judges a type against the interface that it claims: a pure function of the two. Says everything that is wrong at once,
 *  one cause once, the faults of its manifest first. A warning refuses nothing.
 *
 *  @param file  of the library, as the user named it */
[[nodiscard]] Diagnostics check(const InspectedType& type, const std::string& file);

}  // namespace penstock::plugin
