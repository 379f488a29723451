// says: a record is a plain struct with members, each declared by PENSTOCK_READS, PENSTOCK_WRITES or PENSTOCK_ADDS, or listed by `describe()`
#include <penstock/sdk.hpp>

namespace {
struct Range {
  double low, high;
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(writes("low", &Range::low, "its begin"));
#else
    return penstock::described(writes("low", &Range::low, "its begin"), writes("high", &Range::high, "its end"));
#endif
  }
};
class Filter {
 public:
  void process(Range&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
