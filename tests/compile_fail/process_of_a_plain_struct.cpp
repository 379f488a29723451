// says: where a record is a struct whose members are declared by PENSTOCK_READS, PENSTOCK_WRITES and PENSTOCK_ADDS [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
#ifdef WRONG
    double value;
#else
    PENSTOCK_READS(double, value, "the reading");
#endif
  };

 public:
  bool process(const Reading& r) { return r.value > 0; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
