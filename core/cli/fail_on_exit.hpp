#pragma once

#include "log/host_log.hpp"

namespace penstock::cli {

/** While it lives, a plugin that calls `exit` ends the process with status 1 and a diagnostic, and not as if all were well.
 *  One at a time. `_exit` cannot be caught. */
class FailOnExit {
 public:
  /** @param moves_rows  a run; else a pipeline is checked */
  FailOnExit(log::Format format, bool moves_rows);
  ~FailOnExit();
  FailOnExit(const FailOnExit&) = delete;
  FailOnExit& operator=(const FailOnExit&) = delete;
};

}  // namespace penstock::cli
