// says: the default of a penstock::Duration lies outside its bounds; a bound without a unit is in nanoseconds [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Slow {
#ifdef WRONG
  PENSTOCK_PARAM(penstock::Duration, pause, 2h, "pause", at_most(1h));
#else
  PENSTOCK_PARAM(penstock::Duration, pause, 2s, "pause", at_most(1h));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Slow, slow)
