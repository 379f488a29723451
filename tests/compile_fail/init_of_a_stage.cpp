// says: the host does not call `init`: it calls `configure` when all parameters have their values, and `open` before a run; make it private if the class calls it itself [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
 public:
#ifdef WRONG
  void init() {}
#else
  Filter() { init(); }
#endif
  void process(penstock::Batch<>&) {}

 private:
#ifndef WRONG
  void init() {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
