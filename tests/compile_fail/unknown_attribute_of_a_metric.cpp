// says: a name in a PENSTOCK_PARAM or PENSTOCK_METRIC is unknown, or a value in it is no constant: a parameter has the attributes at_least(), at_most(), unit(), one_of(), reloadable(), secret() and example(), a metric at_least(), at_most(), never_negative(), never_decreasing(), unit() and label()
// beside: never_decreasng
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
#ifdef WRONG
  PENSTOCK_METRIC(std::uint64_t, seen, "rows seen", never_decreasng());
#else
  PENSTOCK_METRIC(std::uint64_t, seen, "rows seen", never_decreasing());
#endif

 public:
  void process(Reading& r) { r.value *= 2, ++seen; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
