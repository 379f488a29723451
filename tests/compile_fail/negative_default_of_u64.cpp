// says: a default, a bound or an example is not a value of its parameter's or metric's type [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::uint64_t, rows, -1, "rows");
#else
  PENSTOCK_PARAM(std::uint64_t, rows, 1, "rows");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
