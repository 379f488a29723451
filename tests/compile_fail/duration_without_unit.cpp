// says: the default and the bounds of a penstock::Duration are written with a unit, `10s`, and those of a number without [PS0301]
#include <penstock/sdk.hpp>

namespace {
class Slow {
#ifdef WRONG
  PENSTOCK_PARAM(penstock::Duration, pause, 10, "pause");
#else
  PENSTOCK_PARAM(penstock::Duration, pause, 10s, "pause");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Slow, slow)
