// The class declares `process` and no file defines it. The library links all the same, and could not be loaded: the good
// type beside it is refused with it.
#include <penstock/sdk.hpp>

namespace plant {

struct Value {
  PENSTOCK_WRITES(double, value, "the reading");
};

class Calibrate {
 public:
  void process(penstock::Batch<Value>& batch);
};

class Untouched {
 public:
  void process(penstock::Batch<Value>&) {}
};

}  // namespace plant

PENSTOCK_EXPORT(Stage, plant::Calibrate, undefined_method)
PENSTOCK_EXPORT(Stage, plant::Untouched, beside_undefined)
