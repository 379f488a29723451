// says: `process` of a Stage must be public, and not overloaded [PS0201]
#include <penstock/sdk.hpp>

namespace {
// The macro makes the SDK a friend of this class only: what is private below is not seen.
class Counted {
 protected:
  PENSTOCK_METRIC(std::uint64_t, seen, "readings seen");
};
class Filter : Counted {
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
