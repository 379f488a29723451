// says: a name in a PENSTOCK_PARAM or PENSTOCK_METRIC is unknown, or a value in it is no constant: a parameter has the attributes at_least(), at_most(), unit(), one_of(), reloadable(), secret() and example(), a metric at_least(), at_most(), never_negative(), never_decreasing(), unit() and label()
// beside: minimum
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
#ifdef WRONG
  PENSTOCK_PARAM(double, factor, 2.0, "by what", minimum(0.0));
#else
  PENSTOCK_PARAM(double, factor, 2.0, "by what", at_least(0.0));
#endif

 public:
  void process(Reading& r) { r.value *= factor; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
