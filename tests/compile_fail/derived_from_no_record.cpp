// says: `process` of a Stage must be public, unless it overrides that of `penstock::Stage<...>` [PS0201]
// beside: (class.name|override)
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
#ifdef WRONG
class Filter final : public penstock::Stage {
#else
class Filter final : public penstock::Stage<Reading> {
#endif
  PENSTOCK_METRIC(std::uint64_t, seen, "readings seen");
  void process(penstock::Batch<Reading>& batch) override { seen += batch.rows(); }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
