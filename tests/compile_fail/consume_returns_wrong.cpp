// says: `consume` of a Sink returns void or `penstock::Flow` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
#ifdef WRONG
  bool consume(const penstock::Batch<>&) { return false; }
#else
  penstock::Flow consume(const penstock::Batch<>&) { return penstock::enough; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
