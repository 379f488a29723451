// says: this class has `process`: export it as a Stage; a Sink has `consume(const penstock::Batch<Record>&)` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Sink, Filter, filter)
#else
PENSTOCK_EXPORT(Stage, Filter, filter)
#endif
