// says: this class has `process`: export it as a Stage; a Sink has `consume(const penstock::Batch<Record>&)` [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
class Filter : public penstock::Stage<Reading> {
 public:
  void process(penstock::Batch<Reading>&) override {}
};
class Writer : public penstock::Sink<Reading> {
 public:
  void consume(const penstock::Batch<Reading>&) override {}
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Sink, Filter, writer)
#else
PENSTOCK_EXPORT(Sink, Writer, writer)
PENSTOCK_EXPORT(Stage, Filter, filter)
#endif
