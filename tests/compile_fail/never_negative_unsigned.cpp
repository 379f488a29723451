// says: never_negative() of an unsigned metric holds always, and below 0 it wraps around: use std::int64_t
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_METRIC(std::uint64_t, open_files, "files open now", never_negative());
#else
  PENSTOCK_METRIC(std::int64_t, open_files, "files open now", never_negative());
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
