#pragma once

#include <cstdint>
#include <string>

#include "changelog/change.hpp"

namespace penstock::changelog {

/** What people see while a run goes on: `[AUDIT] records_processed: 23 → 24`, with the label of the metric and, where it is
 *  known, the node before it: `[AUDIT] filter records_processed: 23 → 24`. No line break. */
[[nodiscard]] std::string live_line(const Change& change);

/** One line of `audit show`, in columns: number, time, run, node, kind, label (and metric where it differs), `old → new`,
 *  reason. No line break; the bytes of names and texts are made printable. */
[[nodiscard]] std::string column_line(const Change& change);

/** The heading above column_line(). */
[[nodiscard]] std::string column_heading();

/** One JSON object without a line break: `seq time run node metric label kind old new reason`, always all of them. `null` only
 *  means unset; numbers that are not finite are the strings `nan`, `inf`, `-inf`; u64 and i64 are exact. */
[[nodiscard]] std::string ndjson_line(const Change& change);

/** `23`, `0.1` (the shortest text that reads back the same), `true`, `nan`, `unset`, or a text as it is. */
[[nodiscard]] std::string value_text(const Value& value);

/** RFC 3339 in UTC with 0, 3, 6 or 9 digits of a second, as many as the time needs: `2026-11-25T01:41:21.5Z` is not made,
 *  `2026-11-25T01:41:21.500Z` is. */
[[nodiscard]] std::string time_text(std::int64_t time_ns);

}  // namespace penstock::changelog
