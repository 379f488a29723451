// says: `process` of a Stage must not be overloaded: keep one of them [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Half {
  PENSTOCK_PARAM(double, factor, 0.5, "what a reading is multiplied by");
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  void process(Reading& r) { r.value = r.value * factor; }
#ifdef WRONG
  void process(penstock::Batch<Reading>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Half, half)
