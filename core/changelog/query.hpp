#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "changelog/change.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

using diagnostic::Diagnostics;

/** Which changes are asked for; a part that is not set lets all pass. */
struct Query {
  std::optional<std::string> run = {};     ///< a run's name, its number, or both as `name#number`
  std::optional<std::string> node = {};    ///< exactly; empty text: records of the run itself
  std::optional<std::string> metric = {};  ///< name of the metric, parameter or event, or a metric's label
  std::optional<Kind> kind = {};
  std::optional<std::int64_t> since_ns = {};  ///< this time (UTC, ns since 1970) or later
  std::optional<std::int64_t> until_ns = {};  ///< before this time
  std::uint64_t after = 0;                    ///< only greater sequence numbers
};

/** What a reading of the log came to. */
struct QueryResult {
  std::uint64_t matched = 0;  ///< changes that were handed out
  std::uint64_t pending =
      0;  ///< of the whole log, changes that are in a ring and not yet in a segment; 0 if stopped early
};

/** Hands every matching change to `each`, in the order of the log, until `each` returns false; at last those that a live or
 *  a killed run left in its rings, with sequence 0. Never writes to the directory, and may run beside a living writer. A
 *  damaged block is reported and skipped: what can be saved is still read. Nothing: the directory holds no readable change log. */
std::optional<QueryResult> query(const std::filesystem::path& directory, const Query& wanted,
                                 const std::function<bool(const Change&)>& each, Diagnostics& found);

/** UTC nanoseconds of an RFC 3339 time (`2026-11-25T01:41:21.5Z`, `2026-11-25T02:41:21+01:00`) or of a date alone (its
 *  beginning in UTC). */
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text) noexcept;

}  // namespace penstock::changelog
