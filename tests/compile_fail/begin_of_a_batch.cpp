// says: go through the rows with `each()`, or through a column: `batch[&Record::member]`
#include <penstock/sdk.hpp>

namespace {
class Stage {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
#ifdef WRONG
    batch.begin();
#else
    batch.each([](Reading& reading) { reading.value = 0; });
#endif
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Stage, stage)
