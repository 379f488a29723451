// says: a Sink needs `consume(const penstock::Batch<Record>&)`, and this class has no method of that name: look for a misspelling [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
#ifndef WRONG
  void consume(const penstock::Batch<>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
