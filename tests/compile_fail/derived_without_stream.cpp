// says: a class that derives from `penstock::Source<Record>` overrides `penstock::Generator stream(penstock::Output<Record>&)`, and this one does not [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_ADDS(double, value, "the reading");
};
class Nothing : public penstock::Source<Reading> {
 public:
#ifndef WRONG
  penstock::Generator stream(penstock::Output<Reading>&) override { return {}; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Nothing, nothing)
