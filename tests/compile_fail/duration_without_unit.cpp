// says: the default or example of a penstock::Duration is written with its unit, `10s` or `std::chrono::seconds(10)`, and what is said of a number without one [PS0307]
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
