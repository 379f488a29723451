// says: `describe()` must be public, static, consteval or constexpr, take nothing, and return `penstock::described(...)`
#include <penstock/sdk.hpp>

namespace {
class Range {
#ifndef WRONG
 public:
#endif
  static consteval auto describe() {
    return penstock::described(penstock::attributes::writes("low", &Range::low, "its begin"));
  }

 public:
  double low;
};
class Filter {
 public:
  void process(Range& r) { r.low = 0; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
