// What the benchmark and its own two nodes share. They live in one process, so the nodes get its address.
#pragma once

#include "readings.hpp"
#include "totals.hpp"

namespace penstock::bench {

struct Exchange {
  ReadingsView readings;
  Totals totals;
};

}  // namespace penstock::bench
