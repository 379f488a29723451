#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "changelog/change_log.hpp"
#include "cli/status.hpp"
#include "execution/run.hpp"

namespace penstock::cli {

/** All that is said about a run when it has ended. */
struct RunReport {
  std::string pipeline;
  std::optional<execution::Summary> summary;  ///< unset: it did not start
  std::filesystem::path change_log;           ///< empty: off
  std::optional<changelog::Totals> changes;
  Diagnostics found;
  Status status = Status::well;
};

/** The summary for people: a line for each node, then the totals. Needs `summary`. */
[[nodiscard]] std::string report_text(const RunReport& report);

/** `run --json`: one object, with line break. */
[[nodiscard]] std::string report_json(const RunReport& report);

}  // namespace penstock::cli
