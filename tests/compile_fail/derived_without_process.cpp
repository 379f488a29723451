// says: a class that derives from penstock::Source, Stage or Sink overrides its `stream`, `process` or `consume` as the base declares it, and this one does not [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
class Filter : public penstock::Stage<Reading> {
 public:
#ifndef WRONG
  void process(penstock::Batch<Reading>&) override {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
