// What the benchmark and its own two nodes share. They live in one process, so the nodes get its address.
#pragma once

#include "readings.hpp"
#include "totals.hpp"

namespace penstock::bench {

struct Exchange {
  ReadingsView readings;
  Totals totals;
  bool watches_heap = false;
  std::size_t most_heap_bytes = 0;  ///< of the whole process whenever the sink had a batch, if watched
};

}  // namespace penstock::bench
