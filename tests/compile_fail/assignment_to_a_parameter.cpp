// says: the operator sets a parameter: keep a value of your own in a member of your own
#include <penstock/sdk.hpp>

namespace {
class Half {
  PENSTOCK_PARAM(double, factor, 0.5, "what a reading is multiplied by");
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
  double most_ = 0;

 public:
  void configure() {
#ifdef WRONG
    factor = 1.0;
#else
    most_ = factor < 1.0 ? factor : 1.0;
#endif
  }
  void process(Reading& r) { r.value = r.value * most_; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Half, half)
