#pragma once

#include <csignal>

#include "execution/stop.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** While it lives, SIGINT and SIGTERM ask `stop` instead of ending the process, until it was asked twice: a third one ends
 *  it, for a plugin that does not come back. One at a time; `stop` must outlive it. A
 *  signal that the process was started to ignore (nohup, a shell's background) stays ignored. */
class StopOnSignals {
 public:
  StopOnSignals(execution::Stop& stop, log::Format format);
  ~StopOnSignals();
  StopOnSignals(const StopOnSignals&) = delete;
  StopOnSignals& operator=(const StopOnSignals&) = delete;

 private:
  struct sigaction interrupt_ {
  }, terminate_{};  ///< what was there before
};

}  // namespace penstock::cli
