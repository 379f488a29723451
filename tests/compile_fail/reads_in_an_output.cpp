// says: the record of a `penstock::Output` has PENSTOCK_ADDS only: all of its columns are new [PS0309]
#include <penstock/sdk.hpp>

namespace {
class Clock {
  struct Reading {
#ifdef WRONG
    PENSTOCK_READS(double, value, "the reading");
#else
    PENSTOCK_ADDS(double, value, "the reading");
#endif
  };

 public:
  penstock::Generator stream(penstock::Output<Reading>& out) { co_yield out; }
};
}  // namespace

PENSTOCK_EXPORT(Source, Clock, clock)
