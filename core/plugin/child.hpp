#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace penstock::plugin {

/** What a child may take. */
struct ChildLimits {
  std::chrono::nanoseconds time = std::chrono::seconds(5);  ///< on the steady clock; then it is killed
  /** Since when: nanoseconds of the steady clock, in memory that the child shares, so that work of several steps can begin
   *  each anew. Null, or before the start of the child: since that. */
  const std::atomic<std::int64_t>* since = nullptr;
  std::size_t output = 16 * 1024;    ///< bytes kept of what it writes; the rest is read, counted and dropped
  std::size_t record = 1024 * 1024;  ///< a longer record does not count
  std::uint64_t memory = 0;  ///< bytes of address space, 0: any. Under ASan and TSan it is any, they need terabytes
};

enum class Ending : std::uint8_t {
  completed,    ///< the work returned, and its record is whole
  exited,       ///< the process ended before: somebody called `exit`, also `exit(0)`
  killed,       ///< by a signal: it crashed
  timed_out,    ///< it was killed when its time was over
  overlong,     ///< the work returned a record that is longer than allowed
  not_started,  ///< the system gave no process, or not what one needs; the work was not begun
};

struct ChildReport {
  Ending ending = Ending::not_started;
  int number = 0;             ///< the status (exited), the signal (killed), `errno` (not started); else 0
  std::string record = {};    ///< what the work returned, when completed
  std::string output = {};    ///< beginning of what was written to standard output and error, also by its children
  std::uint64_t written = 0;  ///< bytes of all that was
  std::chrono::nanoseconds time{};  ///< from the start of the process to its end
};

/** Runs `work` in a forked child and returns what became of it: `work` may crash, hang, exit, print without end and leave
 *  processes behind. Its word counts only if it returns: the record travels on a private descriptor, at the very end.
 *
 *  The child is a session of its own, reads nothing, ignores no crash signal and dumps no core. Whatever it started is
 *  killed before this returns, also what left its group, and all of it when this process ends; only work that kills or
 *  stops its guard, the process between the two, can leave some behind. An exception out of `work` is a crash (SIGABRT).
 *  Call while the process has one thread. */
[[nodiscard]] ChildReport run_in_child(const std::function<std::string()>& work, const ChildLimits& limits = {});

}  // namespace penstock::plugin
