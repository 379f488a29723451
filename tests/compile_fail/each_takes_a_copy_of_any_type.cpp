// says: the function that `each` calls takes a copy of the row, and what it stores is lost: write `[&](Record& r)`, or `[&](const Record& r)` if it only reads
#include <penstock/sdk.hpp>

namespace {
class Half {
  PENSTOCK_PARAM(double, factor, 0.5, "what a reading is multiplied by");
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  void process(penstock::Batch<Reading>& batch) {
#ifdef WRONG
    batch.each([&](auto r) { r.value = r.value * factor; });
#else
    batch.each([&](auto& r) { r.value = r.value * factor; });
#endif
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Half, half)
