// The stages of the work in the one-record form of the SDK, as somebody writes them for one plant.
#include <penstock/sdk.hpp>

#include "work.hpp"

namespace {

namespace bench = penstock::bench;

class RecordThreshold {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  bool process(Reading& r) { return penstock::between(r.value, bench::lowest, bench::highest); }
};

class RecordNormalize {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
    PENSTOCK_ADDS(penstock::Nullable<double>, normalized, "0 at the lowest reading that is kept, 1 at the highest");
  };

 public:
  void process(Reading& r) { r.normalized = {bench::normalized(r.value), true}; }
};

class RecordAverage {
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_READS(double, value, "the reading");
    PENSTOCK_ADDS(penstock::Nullable<double>, rolling_avg, "mean of the sensor's last readings");
  };

 public:
  void process(Reading& r) { r.rolling_avg = {windows_[r.sensor_id].add(r.value), true}; }

 private:
  penstock::PerKey<bench::Window> windows_;
};

}  // namespace

PENSTOCK_EXPORT(Stage, RecordThreshold, record_threshold, stateless())
PENSTOCK_EXPORT(Stage, RecordNormalize, record_normalize, stateless())
PENSTOCK_EXPORT(Stage, RecordAverage, record_average, keyed_by("sensor_id"))
