// says: the description of a parameter, metric or column is a text, and stands before its attributes; a parameter alone has a default before it
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
