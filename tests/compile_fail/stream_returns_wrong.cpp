// says: `stream` of a Source returns `penstock::Generator`, and is a coroutine: it does `if (out.full()) co_yield out;` before each `out.push(...)` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Reader {
  struct Reading {
    PENSTOCK_ADDS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void stream(penstock::Output<Reading>&) {}
#else
  penstock::Generator stream(penstock::Output<Reading>&) { co_return; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Reader, reader)
