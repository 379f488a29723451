// says: it may hold no value: write `x.value` where `x.valid`
#include <penstock/sdk.hpp>

namespace {
class Alarm {
  PENSTOCK_PARAM(double, limit, 50.0, "above it there is an alarm");
  struct Reading {
    PENSTOCK_READS(penstock::Nullable<double>, value, "the reading");
    PENSTOCK_ADDS(bool, alarm, "whether it is above the limit");
    PENSTOCK_ADDS(penstock::Nullable<double>, half, "half of the reading");
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
    batch.each([&](Reading& r) {
#ifdef WRONG
      r.alarm = r.value > limit;
#else
      r.alarm = r.value.valid && *r.value > limit;
#endif
      r.half = r.value ? *r.value / 2 : penstock::Nullable<double>();
    });
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Alarm, alarm)
