// says: `process` of a Stage takes `penstock::Batch<Record>&`, or `Record&`, or `const penstock::Batch<In>&, penstock::Output<Out>&`, where a record is
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void process(penstock::Batch<Reading>) {}
#else
  void process(penstock::Batch<Reading>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
