// says: a description, default, unit, label or example holds a tab, a line break or another control character [PS0301]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_METRIC(std::uint64_t, rows, "rows\twritten");
#else
  PENSTOCK_METRIC(std::uint64_t, rows, "rows written");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
