// says: what stands behind the description of a parameter or metric is none of its attributes: a parameter has the attributes at_least(), at_most(), unit(), one_of(), reloadable(), secret() and example(), a metric at_least(), at_most(), never_negative(), never_decreasing(), unit() and label()
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
#ifdef WRONG
  PENSTOCK_PARAM(double, factor, 2.0, "by what", 0.0, 5.0);
#else
  PENSTOCK_PARAM(double, factor, 2.0, "by what", at_least(0.0), at_most(5.0));
#endif

 public:
  void process(Reading& r) { r.value *= factor; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
