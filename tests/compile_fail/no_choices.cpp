// says: one_of() takes 1 to 16 choices [PS0305]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::string, mode, "fast", "mode", one_of());
#else
  PENSTOCK_PARAM(std::string, mode, "fast", "mode", one_of("fast"));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
