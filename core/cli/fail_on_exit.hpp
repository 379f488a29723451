#pragma once

#include "cli/status.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** While it lives, a plugin that calls `exit` or `quick_exit` ends the process with status 1 and a diagnostic, and not as if
 *  all were well. One at a time. `_exit` cannot be caught. */
class FailOnExit {
 public:
  /** @param moves_rows  a run; else a pipeline is checked */
  FailOnExit(log::Format format, bool moves_rows);
  ~FailOnExit();
  FailOnExit(const FailOnExit&) = delete;
  FailOnExit& operator=(const FailOnExit&) = delete;
};

/** For the end of the program: a library that calls `exit` with another status from here on, in a destructor of a static
 *  object or in an exit handler, is told by a warning, and the process ends with `status` all the same. */
void keep_status(Status status);

}  // namespace penstock::cli
