// says: `configure` must be public, take nothing and return void [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
  PENSTOCK_PARAM(std::uint64_t, rows, 1000, "rows per file");

 public:
  void consume(const penstock::Batch<>&) {}
#ifdef WRONG
  void configure(std::uint64_t) {}
#else
  void configure() {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
