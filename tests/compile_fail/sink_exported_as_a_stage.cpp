// says: this class has `consume`: export it as a Sink; a Stage has `process(penstock::Batch<Record>&)` or `process(Record&)` [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
class Writer : public penstock::Sink<Reading> {
  void consume(const penstock::Batch<Reading>&) override {}
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Writer, writer)
#else
PENSTOCK_EXPORT(Sink, Writer, writer)
#endif
