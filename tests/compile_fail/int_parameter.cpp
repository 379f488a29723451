// says: a parameter is a bool, std::int64_t, std::uint64_t, double, std::string, penstock::Path, penstock::Duration or std::vector<std::string> [PS0303]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(int, rows, 1000, "rows per file");
#else
  PENSTOCK_PARAM(std::int64_t, rows, 1000, "rows per file");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
