// says: a metric is a bool, std::int64_t, std::uint64_t or double [PS0303]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_METRIC(float, ratio, "of rows that were kept");
#else
  PENSTOCK_METRIC(double, ratio, "of rows that were kept");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
