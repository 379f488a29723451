// The work written by hand, as somebody would who needs nothing but this work: everything in one program,
// limits and window known to the compiler, no plugin, no metric, no null. Each makes all six columns of the rows it keeps.
#pragma once

#include <cstdint>
#include <vector>

#include "readings.hpp"
#include "totals.hpp"

namespace penstock::bench {

/** Where a loop puts its rows; made before the clock starts, as the host's pool is warm after its first batches. */
struct KeptColumns {
  explicit KeptColumns(std::size_t capacity);

  std::vector<std::int32_t> sensor_id;
  std::vector<std::int64_t> timestamp;
  std::vector<double> value;
  std::vector<std::int32_t> unit;
  std::vector<double> normalized;
  std::vector<std::uint64_t> normalized_valid;  ///< bit per row
  std::vector<double> rolling_avg;
  std::vector<std::uint64_t> rolling_avg_valid;
};

inline constexpr std::size_t batch_rows = 4096;  ///< of the two loops that work in batches, as the host's default

/** One loop over whole columns with an `if`; `kept` has room for all rows. */
[[nodiscard]] Totals fused_loop(const ReadingsView& in, KeptColumns& kept);

/** Batches: four columns compacted without a branch, then one loop for each of the two columns that are added. */
[[nodiscard]] Totals compacting_loops(const ReadingsView& in, KeptColumns& kept);

/** The same with a clock read before and after each of the four steps, and the time of each added up. */
[[nodiscard]] Totals clocked_loops(const ReadingsView& in, KeptColumns& kept);

/** Batches: the numbers of the rows to keep, found without a branch, then one loop over these that does all the rest. */
[[nodiscard]] Totals selecting_loop(const ReadingsView& in, KeptColumns& kept);

/** compacting_loops with what only some processors have: eight rows at a time, compacted by AVX-512. */
[[nodiscard]] Totals vector_loops(const ReadingsView& in, KeptColumns& kept);
[[nodiscard]] bool has_vector_loops();

}  // namespace penstock::bench
