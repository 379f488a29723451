// says: the host does not call `finish`: it calls `flush` at the end of the data, and `close` at the end of a run; make it private if the class calls it itself [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Extremes {
 public:
  void consume(const penstock::Batch<>&) {}
#ifdef WRONG
  void finish() {}
#else
  void flush() { finish(); }
  void finish() {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Extremes, extremes)
