// says: the choices of one_of() are distinct words without `|` or control characters [PS0305]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::string, mode, "fast", "mode", one_of("fast", "exact|slow"));
#else
  PENSTOCK_PARAM(std::string, mode, "fast", "mode", one_of("fast", "exact"));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
