// says: a Key is the code of a text: compare `batch.text(&Record::x, r.x)`
#include <penstock/sdk.hpp>

namespace {
class Only {
  PENSTOCK_PARAM(std::string, sensor, "T1", "the sensor to keep");
  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
#ifdef WRONG
    batch.drop_unless([&](const Reading& r) { return r.sensor_id == *sensor; });
#else
    batch.drop_unless([&](const Reading& r) { return batch.text(&Reading::sensor_id, r.sensor_id) == *sensor; });
#endif
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Only, only)
