// says: `process(Record)` of a Stage takes a copy of the row, and what it stores is lost: write `process(Record&)` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Half {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void process(Reading r) { r.value = r.value / 2; }
#else
  void process(Reading& r) { r.value = r.value / 2; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Half, half)
