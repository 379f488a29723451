// says: `describe()` lists the columns in another order than the members of its record
#include <penstock/sdk.hpp>

namespace {
struct Range {
  double low, high;
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(writes("high", &Range::high, "its end"), writes("low", &Range::low, "its begin"));
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
