#pragma once

#include "diagnostic/diagnostic.hpp"

namespace penstock::cli {

using diagnostic::Diagnostics;

/** What the process ends with; part of the command line's contract. */
enum class Status : int {
  well = 0,     ///< all well; `list` also with refusals in it
  failed = 1,   ///< the run or a verification failed, or results could not be written
  usage = 2,    ///< wrong usage, pipeline or configuration, or nothing to check
  refused = 3,  ///< a plugin that was asked for was refused
};

/** The status that the errors of `found` ask for. Usage (00xx, 04xx) wins over a refused plugin (01xx to 03xx), which wins
 *  over everything else; warnings ask for nothing. */
[[nodiscard]] Status status_of(const Diagnostics& found) noexcept;

}  // namespace penstock::cli
