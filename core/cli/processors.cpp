#include "cli/processors.hpp"

#include <sched.h>

#include <algorithm>

namespace penstock::cli {

std::uint32_t processors() noexcept {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
  return static_cast<std::uint32_t>(std::max(1, CPU_COUNT(&allowed)));
}

}  // namespace penstock::cli
