// says: the function that `each` calls takes a copy of the row, and what it stores is lost: write `[&](Record& r)`
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_ADDS(double, doubled, "twice the reading");
};
#ifdef WRONG
bool fill(Reading r) noexcept {
#else
bool fill(Reading& r) noexcept {
#endif
  r.doubled = 2;
  return true;
}

class Twice {
 public:
  void process(penstock::Batch<Reading>& batch) { batch.each(fill); }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Twice, twice)
