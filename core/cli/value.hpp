#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/graph.hpp"
#include "log/host_log.hpp"

namespace penstock::cli {

/** Values of options. Each reads the whole text or nothing. */
[[nodiscard]] std::optional<std::uint32_t> parse_threads(std::string_view text) noexcept;  ///< `4`; `auto`: 0
[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text) noexcept;    ///< `10000`
[[nodiscard]] std::optional<std::chrono::nanoseconds> parse_seconds(std::string_view text) noexcept;  ///< `0`, `2.5`
[[nodiscard]] std::optional<std::chrono::nanoseconds> parse_timeout(std::string_view text) noexcept;  ///< more than 0
[[nodiscard]] std::optional<int> parse_level(std::string_view text) noexcept;      ///< of tests that exist: `1`
[[nodiscard]] std::optional<bool> parse_progress(std::string_view text) noexcept;  ///< `auto`: true, `never`: false
[[nodiscard]] std::optional<log::Format> parse_log_format(std::string_view text) noexcept;    ///< `text`, `json`
[[nodiscard]] std::optional<GraphFormat> parse_graph_format(std::string_view text) noexcept;  ///< `dot`, `mermaid`
[[nodiscard]] std::optional<std::string> parse_hash(
    std::string_view text);  ///< 64 hex digits, comes back in lower case

}  // namespace penstock::cli
