// says: at_least() and at_most() take a number or a duration [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
#ifdef WRONG
  PENSTOCK_PARAM(double, factor, 2.0, "by what", at_least("0"));
#else
  PENSTOCK_PARAM(double, factor, 2.0, "by what", at_least(0));
#endif

 public:
  void process(Reading& r) { r.value *= factor; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
