// says: keyed_by() names a column that the record reads or writes, of a Source one that it adds [PS0308]
#include <penstock/sdk.hpp>

namespace {
class Renamer {
  struct In {
    PENSTOCK_READS(penstock::Key, sensor_id, "sensor");
  };
  struct Out {
    PENSTOCK_ADDS(penstock::Key, site, "site of the sensor");
  };

 public:
  void process(const penstock::Batch<In>& in, penstock::Output<Out>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row) out.push({in.load(row).sensor_id});
  }
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Renamer, renamer, keyed_by("site"))
#else
PENSTOCK_EXPORT(Stage, Renamer, renamer, keyed_by("sensor_id"))
#endif
