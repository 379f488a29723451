// says: the default of a parameter or metric lies outside its own bounds [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Filter {
#ifdef WRONG
  PENSTOCK_PARAM(double, limit, -0.5, "largest value", at_least(0));
#else
  PENSTOCK_PARAM(double, limit, 0.5, "largest value", at_least(0));
#endif
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  bool process(Reading& r) { return r.value <= limit; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
