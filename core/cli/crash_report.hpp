#pragma once

#include <array>
#include <csignal>

#include "cli/status.hpp"
#include "execution/signal_stack.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** While it lives, a crash ends the process with status 1 and one line on standard error, which names the node, the type, the
 *  library, the method and the batch of the call in which the crashing thread was. The change log stays as it is, for the
 *  next run to recover. One at a time. */
class CrashReport {
 public:
  /** @param recoverable  a change log is being written */
  CrashReport(log::Format format, bool recoverable);
  ~CrashReport();
  CrashReport(const CrashReport&) = delete;
  CrashReport& operator=(const CrashReport&) = delete;

  static constexpr std::array signals = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};

 private:
  const execution::SignalStack stack_;
  std::array<struct sigaction, signals.size()> before_{};
};

/** For the end of the program: what plugins have left to do when the process ends (destructors of static objects, exit handlers)
 *  cannot change what was done by then. A crash in it, or more time than `seconds_to_end`, is a warning, and the status is
 *  `status` all the same. */
void guard_end(Status status);
inline constexpr unsigned seconds_to_end = 10;

}  // namespace penstock::cli
