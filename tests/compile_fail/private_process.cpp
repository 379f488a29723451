// says: `process` of a Stage must be public, and not overloaded [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

#ifndef WRONG
 public:
#endif
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
