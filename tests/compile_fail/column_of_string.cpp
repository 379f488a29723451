// says: a column is a number, bool, penstock::Key, Time, Duration, or a std::string_view that is read, or Nullable of one; a text that repeats, such as a sensor's name or a unit, is a penstock::Key, and `batch.text(&Record::x, r.x)` gives it [PS0303]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
#ifdef WRONG
    PENSTOCK_READS(std::string, sensor, "the sensor");
#else
    PENSTOCK_READS(std::string_view, sensor, "the sensor");
#endif
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
    batch.drop_unless([&](const Reading& r) { return r.sensor == "T1"; });
    batch.each([&](Reading& r) { return r.sensor == "T1"; });
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
