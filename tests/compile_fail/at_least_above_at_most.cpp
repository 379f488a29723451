// says: at_least() is above at_most(): no value would be allowed [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::uint64_t, rows, 100, "rows per file", at_least(1000), at_most(1));
#else
  PENSTOCK_PARAM(std::uint64_t, rows, 100, "rows per file", at_least(1), at_most(1000));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
