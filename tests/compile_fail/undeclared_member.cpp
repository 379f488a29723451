// says: a record is a plain struct with members, each declared by PENSTOCK_READS, PENSTOCK_WRITES or PENSTOCK_ADDS, or listed by `describe()`
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
#ifdef WRONG
    double scratch = 0;
#endif
    PENSTOCK_READS(penstock::Time, timestamp, "when");
    PENSTOCK_WRITES(penstock::Nullable<double>, value, "the reading");
  };

 public:
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
