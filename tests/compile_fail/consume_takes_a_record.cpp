// says: `consume` of a Sink takes `const penstock::Batch<Record>&` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void consume(const Reading&) {}
#else
  void consume(const penstock::Batch<Reading>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
