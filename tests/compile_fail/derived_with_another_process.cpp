// says: a class that derives from `penstock::Stage<Record>` overrides `void process(penstock::Batch<Record>&)`, from `penstock::Stage<In, Out>` `void process(const penstock::Batch<In>&, penstock::Output<Out>&)`, from a signature, such as `penstock::Stage<bool(Record&)>`, what that says, here `bool process(Record&)`, and this one does not [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
#ifdef WRONG
class Filter : public penstock::Stage<Reading> {
#else
class Filter : public penstock::Stage<bool(Reading&)> {
#endif
 public:
  bool process(Reading& r) { return r.value > 0; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
