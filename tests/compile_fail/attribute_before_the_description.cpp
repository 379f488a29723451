// says: the description of a parameter, metric or column is a text, and stands before its attributes
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
#ifdef WRONG
  PENSTOCK_PARAM(double, factor, 2.0, at_least(0.0), "by what");
#else
  PENSTOCK_PARAM(double, factor, 2.0, "by what", at_least(0.0));
#endif

 public:
  void process(Reading& r) { r.value *= factor; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
