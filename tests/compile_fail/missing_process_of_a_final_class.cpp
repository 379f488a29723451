// says: a Stage needs `process(penstock::Batch<Record>&)` or `process(Record&)`, and this final class has no public method of that name, or more than one: look for a misspelling [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter final {
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
