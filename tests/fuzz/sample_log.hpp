#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "changelog/block.hpp"
#include "changelog/change.hpp"
#include "changelog/entry.hpp"

namespace penstock::fuzz {

/** How far the last run of a log had come. */
enum class Progress : std::uint8_t {
  defined,    ///< nothing of its rings is on the log
  begun,      ///< the first two entries of its first ring are
  recovered,  ///< a next run had begun to recover it, and was killed
  closed
};

inline constexpr std::uint32_t sample_run = 1;
inline constexpr std::int64_t sample_time_ns = 1'795'000'000'000'000'000;

/** The number of a ring of the sample's run. */
[[nodiscard]] constexpr std::uint64_t sample_ring(std::uint64_t index) {
  return std::uint64_t{sample_run} << 16 | index;
}

/** Parts of a log, not yet mended, always the same bytes. */
[[nodiscard]] std::string segment_block(std::uint64_t number, std::uint32_t run = sample_run,
                                        const std::vector<changelog::RingRange>& rings = {});
[[nodiscard]] std::string definitions_block(std::uint32_t run = sample_run);
[[nodiscard]] std::string changes_block(const std::vector<changelog::Entry>& rows,
                                        const std::vector<changelog::RingRange>& rings, std::uint16_t flags = 0);
[[nodiscard]] std::string texts_block(const std::vector<changelog::Change>& records, std::uint16_t flags = 0);
[[nodiscard]] std::string close_block(std::uint64_t changes, std::uint32_t run = sample_run, std::uint16_t flags = 0);

/** The only segment of a log that has come so far. */
[[nodiscard]] std::string sample_log(Progress progress);

}  // namespace penstock::fuzz
