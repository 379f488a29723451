// says: `consume` of a Sink takes its batch by const reference [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
#ifdef WRONG
  void consume(penstock::Batch<>&) {}
#else
  void consume(const penstock::Batch<>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
