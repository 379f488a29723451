// says: `consume` of a Sink must be public, and not overloaded [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void consume(const penstock::Batch<>&) {}
#ifdef WRONG
  void consume(const penstock::Batch<Reading>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
