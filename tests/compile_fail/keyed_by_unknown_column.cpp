// says: keyed_by() names a column that the record reads or writes, of a Source one that it adds [PS0308]
#include <penstock/sdk.hpp>

namespace {
class Counter {
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "sensor");
    PENSTOCK_ADDS(std::uint64_t, number, "how many before");
  };
  penstock::PerKey<std::uint64_t> seen_;

 public:
  void process(Reading& r) { r.number = seen_[r.sensor_id]++; }
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Counter, counter, keyed_by("sensor"))
#else
PENSTOCK_EXPORT(Stage, Counter, counter, keyed_by("sensor_id"))
#endif
