// says: `process(Record&)` of a Stage changes the row that it is given, and returns void, bool or `penstock::Verdict` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  int process(Reading&) { return 0; }
#else
  bool process(Reading&) { return false; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
