#pragma once

#include <algorithm>

#include "execution/hosts.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** Puts what a plugin says on `log`, which must outlive the line. */
[[nodiscard]] inline execution::LogLine line_to(log::HostLog& log) {
  return [&log](std::int32_t level, std::string_view node, std::string_view text) {
    log.write(static_cast<log::Level>(std::clamp(level, 0, 3)), node, text);
  };
}

}  // namespace penstock::cli
