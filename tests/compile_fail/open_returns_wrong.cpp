// says: `open` must be public, take nothing and return void; it throws `penstock::Failed` where it cannot [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
  void consume(const penstock::Batch<>&) {}
#ifdef WRONG
  bool open() { return true; }
#else
  void open() {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
