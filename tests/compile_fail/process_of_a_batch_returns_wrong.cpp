// says: `process` of a Stage that takes a batch returns void or `penstock::Flow` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  bool process(penstock::Batch<Reading>&) { return true; }
#else
  penstock::Flow process(penstock::Batch<Reading>&) { return penstock::more; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
