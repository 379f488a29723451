// says: the description of a parameter, metric or column is a text, and stands before its attributes
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_METRIC(std::uint64_t, seen);
#else
  PENSTOCK_METRIC(std::uint64_t, seen, "rows seen");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
