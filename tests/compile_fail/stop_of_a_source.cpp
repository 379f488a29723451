// says: the host does not call `stop`: it calls `close` at the end of a run, and `out.stopping()` says when to return; make it private if the class calls it itself [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_ADDS(double, value, "the reading");
};
class Meter {
 public:
  penstock::Generator stream(penstock::Output<Reading>& out) { co_yield out; }
#ifdef WRONG
  void stop() {}
#else
  void close() { stop(); }
  void stop() {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Meter, meter)
