// says: a name in a PENSTOCK_READS, PENSTOCK_WRITES or PENSTOCK_ADDS is unknown: the last thing in it is a description, a constant text
// beside: the_reading
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
#ifdef WRONG
    PENSTOCK_WRITES(double, value, the_reading);
#else
    PENSTOCK_WRITES(double, value, "the reading");
#endif
  };

 public:
  void process(Reading& r) { r.value *= 2; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
