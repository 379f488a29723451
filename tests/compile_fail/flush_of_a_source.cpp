// says: a Source has no `flush` and no `tick`: nobody would call them; `stream` is called again when its `wait` is over [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Reader {
  struct Reading {
    PENSTOCK_ADDS(double, value, "the reading");
  };

 public:
  penstock::Generator stream(penstock::Output<Reading>&) { co_return; }
#ifdef WRONG
  void flush() {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Reader, reader)
