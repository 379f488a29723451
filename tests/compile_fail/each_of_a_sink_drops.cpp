// says: `each` of a `const penstock::Batch` drops no row: what it calls returns nothing
#include <penstock/sdk.hpp>

namespace {
class Writer {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void consume(const penstock::Batch<Reading>& batch) {
#ifdef WRONG
    batch.each([](const Reading& r) { return r.value > 0; });
#else
    double sum = 0;
    batch.each([&](const Reading& r) { sum += r.value; });
    batch.each([&](Reading r) { sum += r.value; });
    batch.each([&](Reading& r) { sum += r.value; });
#endif
  }
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
