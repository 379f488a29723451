// says: the default of a parameter has another type than the parameter [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::uint64_t, rows, "1000", "rows per file");
#else
  PENSTOCK_PARAM(std::uint64_t, rows, 1000, "rows per file");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
