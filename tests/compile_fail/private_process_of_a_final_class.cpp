// says: `process` of a Stage must be public, unless it overrides that of `penstock::Stage<...>` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter final {
  PENSTOCK_METRIC(std::uint64_t, seen, "readings seen");
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

#ifndef WRONG
 public:
#endif
  void process(penstock::Batch<Reading>& batch) { seen += batch.rows(); }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
