// says: the name of a parameter, metric or column is a lower-case letter, then lower-case letters, digits and `_`, at most 128 bytes [PS0304]
#include <penstock/sdk.hpp>

namespace {
class Filter {
#ifdef WRONG
  PENSTOCK_PARAM(double, maxValue, 100.0, "highest value kept");
#else
  PENSTOCK_PARAM(double, max_value, 100.0, "highest value kept");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Filter, filter)
