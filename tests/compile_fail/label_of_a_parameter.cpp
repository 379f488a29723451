// says: never_negative(), never_decreasing() and label() belong to a metric; a parameter has at_least()
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::uint64_t, rows, 1000, "rows per file", label("Rows"));
#else
  PENSTOCK_PARAM(std::uint64_t, rows, 1000, "rows per file", unit("rows"));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
