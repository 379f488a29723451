// A stage and a sink that do nothing: what is left is the crossing.
#include <penstock/sdk.hpp>

namespace {

class IdleStage {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(const penstock::Batch<Reading>&) {}
};

class IdleSink {
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_READS(penstock::Time, timestamp, "when");
    PENSTOCK_READS(double, value, "the reading");
    PENSTOCK_READS(penstock::Key, unit, "its unit");
  };

 public:
  void consume(const penstock::Batch<Reading>&) {}
};

}  // namespace

PENSTOCK_EXPORT(Stage, IdleStage, idle_stage, stateless())
PENSTOCK_EXPORT(Sink, IdleSink, idle_sink)
