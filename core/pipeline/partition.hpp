#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

struct Draft;  // pipeline/describe.hpp

/** `partitions:` as it is written. */
struct PartitionRequest {
  std::string by;
  Place place = {};         ///< of the name behind `by`
  std::uint32_t count = 0;  ///< 0: auto
};

/** The nodes `first` up to `end`, which are to exist `count` times. */
struct Region {
  std::size_t first = 0, end = 0;
  std::uint32_t count = 1;
  std::string by;
  Place place = {};
};

/** Which stages run in partitions: those that are keyed by the column that is asked for, and around them those that
 *  keep nothing between two batches. Marks the nodes. Nothing comes back when partitions are not asked for, and when
 *  they are impossible: that is reported, with what stands in the way, also when there would be one only. `threads`:
 *  what `auto` means, as far as there may be so many. */
[[nodiscard]] std::optional<Region> find_region(Draft& draft, std::uint32_t threads, Diagnostics& found);

/** Where the key stands among the columns that come to the first node of a region; reports when there is none. */
[[nodiscard]] std::optional<std::size_t> find_key(const Node& first, const Region& region, Diagnostics& found);

/** A node with the same arguments and columns, and no instance yet. */
[[nodiscard]] Node copy_of(const Node& node, Partition partition);

}  // namespace penstock::pipeline
