// says: a record is a plain struct with members, each declared by PENSTOCK_READS, PENSTOCK_WRITES or PENSTOCK_ADDS, or listed by `describe()`
#include <penstock/sdk.hpp>

namespace {
class Writer {
  struct Row {
#ifdef WRONG
    double value;
#else
    PENSTOCK_READS(double, value, "the reading");
#endif
  };

 public:
  void consume(const penstock::Batch<Row>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
