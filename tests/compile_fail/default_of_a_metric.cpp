// says: a metric has no default, it starts at 0: its description stands behind its name
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };
#ifdef WRONG
  PENSTOCK_METRIC(std::uint64_t, seen, 0, "rows seen");
#else
  PENSTOCK_METRIC(std::uint64_t, seen, "rows seen");
#endif

 public:
  void process(Reading& r) { r.value *= 2, ++seen; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Doubler, doubler)
