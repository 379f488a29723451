// says: reloadable(), secret(), example() and one_of() belong to a parameter
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_METRIC(std::uint64_t, rows, "rows written", reloadable());
#else
  PENSTOCK_METRIC(std::uint64_t, rows, "rows written", never_decreasing());
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
