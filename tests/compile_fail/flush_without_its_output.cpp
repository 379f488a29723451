// says: `flush` of a Stage that emits must be public, take the same `penstock::Output<Out>&` as `process` and return void [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Averager {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };
  struct Mean {
    PENSTOCK_ADDS(double, mean, "of the last readings");
  };

 public:
  void process(const penstock::Batch<Reading>&, penstock::Output<Mean>&) {}
#ifdef WRONG
  void flush() {}
#else
  void flush(penstock::Output<Mean>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Averager, averager)
