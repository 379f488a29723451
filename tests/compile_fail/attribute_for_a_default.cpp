// says: a parameter has a default, or penstock::required, and behind it a description, and one of the two is missing: PENSTOCK_PARAM(type, name, default, description)
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(double, max, at_least(0.0), "highest value kept");
#else
  PENSTOCK_PARAM(double, max, 1.0, "highest value kept", at_least(0.0));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
