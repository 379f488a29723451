// says: a type is stateless(), or keyed_by() one column
#include <penstock/sdk.hpp>

namespace {
class Counter {
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "sensor");
  };

 public:
  void process(const penstock::Batch<Reading>&) {}
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Counter, counter, stateless(), keyed_by("sensor_id"))
#else
PENSTOCK_EXPORT(Stage, Counter, counter, keyed_by("sensor_id"))
#endif
