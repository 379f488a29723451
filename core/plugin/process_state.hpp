#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.hpp"

namespace penstock::plugin {

/** How this thread computes: rounding, denormals, traps. Without the flags that computing itself sets. */
struct FloatingPoint {
  std::uint32_t control = 0;  ///< MXCSR; FPCR on AArch64
  std::uint16_t x87 = 0;      ///< the x87 control word; 0 elsewhere

  friend bool operator==(const FloatingPoint&, const FloatingPoint&) = default;
};

[[nodiscard]] FloatingPoint floating_point() noexcept;
void set_floating_point(const FloatingPoint& state) noexcept;  ///< of this thread

/** What happens at a signal. */
struct Disposition {
  std::uintptr_t handler = 0;
  int flags = 0;

  friend bool operator==(const Disposition&, const Disposition&) = default;
};

/** Environment variables by name. */
using Environment = std::map<std::string, std::string, std::less<>>;

/** Those that this process has. */
[[nodiscard]] Environment process_environment();

/** What all the code of a process shares, so that a library must leave it alone while it is loaded. */
struct ProcessState {
  FloatingPoint floating_point;
  std::string locale;     ///< of every category, as `setlocale` tells it
  std::string directory;  ///< the current one
  unsigned umask = 0;
  std::map<int, Disposition> signals;      ///< by number
  std::vector<int> blocked;                ///< signals, of this thread
  std::map<int, std::string> descriptors;  ///< the open ones, and on what; none: they could not be told
  Environment environment;
  std::map<std::string, std::string> limits;  ///< such as `RLIMIT_NOFILE`: `1024, at most 4096`
  std::string user;                           ///< the effective user and group, by number
  bool has_timer = false;                     ///< that will send a signal, as `alarm` starts one
  std::size_t threads = 0;                    ///< 0: they could not be counted
  bool has_children = false;  ///< processes that it started and that run, or that nobody asked how they ended
};

[[nodiscard]] ProcessState process_state();

/** What is another in `after`, one line each: `locale  expected C  found de_DE.UTF-8`. Environment variables are named and
 *  their values are not shown, which may be secrets. */
[[nodiscard]] std::vector<diagnostic::Comparison> changes(const ProcessState& before, const ProcessState& after);

}  // namespace penstock::plugin
