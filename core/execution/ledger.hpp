#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace penstock::execution {

/** What became of the rows of a run, each counted where it happened: nothing here is computed from the rest, so that
 *  read + emitted = delivered + filtered + rejected + absorbed + unacknowledged is a check and not a definition. */
struct Ledger {
  std::uint64_t read = 0, emitted = 0, delivered = 0, filtered = 0, rejected = 0, absorbed = 0, unacknowledged = 0;

  /** The lowest batch of the source that is to come again: it may have a share in unacknowledged rows, or in the row that
   *  ended the run. */
  std::uint64_t first_lost = std::numeric_limits<std::uint64_t>::max();

  void lose(std::int64_t rows, std::uint64_t origin) noexcept {
    if (rows <= 0) return;
    unacknowledged += static_cast<std::uint64_t>(rows);
    keep_from(origin);
  }

  void keep_from(std::uint64_t origin) noexcept { first_lost = std::min(first_lost, origin); }

  void add(const Ledger& other) noexcept {
    read += other.read;
    emitted += other.emitted;
    delivered += other.delivered;
    filtered += other.filtered;
    rejected += other.rejected;
    absorbed += other.absorbed;
    unacknowledged += other.unacknowledged;
    keep_from(other.first_lost);
  }

  [[nodiscard]] bool closes() const noexcept {
    return read + emitted == delivered + filtered + rejected + absorbed + unacknowledged;
  }
};

}  // namespace penstock::execution
