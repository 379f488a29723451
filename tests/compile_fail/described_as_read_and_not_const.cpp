// says: the member of a column is const if the column is only read, and not if it is written or added
#include <penstock/sdk.hpp>

namespace {
struct Range {
#ifdef WRONG
  double low;
#else
  const double low;
#endif
  static consteval auto describe() {
    return penstock::described(penstock::attributes::reads("low", &Range::low, "its begin"));
  }
};
class Filter {
 public:
  void process(Range&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
