// says: value
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
#ifdef WRONG
    PENSTOCK_READS(double, value, "the reading");
#else
    PENSTOCK_WRITES(double, value, "the reading");
#endif
  };

 public:
  void process(Reading& r) { r.value = 0; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
