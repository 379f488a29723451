#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

using diagnostic::Diagnostics;

/** `ok`: every link holds and the last run is closed. `not_closed`: every link holds, the close record of the
 *  last run is missing (it is alive, was killed, or the tail was cut). `damaged`: something is not as it was written, or
 *  cannot be read. */
enum class LogState : std::uint8_t { ok, not_closed, damaged };

/** `ok`, `not closed`, `damaged`. Static text. */
[[nodiscard]] std::string_view name(LogState state) noexcept;

/** What a walk over the whole chain came to. */
struct Verification {
  LogState state = LogState::ok;
  std::uint64_t runs = 0;
  std::uint64_t segments = 0;
  std::uint64_t blocks = 0;   ///< whole blocks, checked
  std::uint64_t changes = 0;  ///< numbered records in those blocks
  std::uint64_t pending = 0;  ///< changes in rings that are not yet in a segment; the next run puts them there
  bool writer_alive = false;  ///< a run holds the directory's lock: "not closed" is then no fault
  std::string head = {};      ///< hex SHA-256 over the last whole block: what an auditor writes down; empty: no block
};

/** Walks every link of the chain. Each finding is a diagnostic (PS0603 ...) that names the segment file, the byte offset,
 *  the block and the numbers of its changes; "not closed" is a warning. Reads only. Nothing: there is no change log to verify, or runs begin
 *  and end faster than it is walked. */
[[nodiscard]] std::optional<Verification> verify(const std::filesystem::path& directory, Diagnostics& found);

}  // namespace penstock::changelog
