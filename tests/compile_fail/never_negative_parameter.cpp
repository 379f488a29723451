// says: never_negative(), never_decreasing() and label() belong to a metric; a parameter has at_least()
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(double, offset, 0.5, "added to each reading", never_negative());
#else
  PENSTOCK_PARAM(double, offset, 0.5, "added to each reading", at_least(0));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
