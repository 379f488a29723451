// says: a Stage needs `process(penstock::Batch<Record>&)` or `process(Record&)`, and this class has no method of that name: look for a misspelling [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void proces(penstock::Batch<Reading>&) {}
#else
  void process(penstock::Batch<Reading>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
