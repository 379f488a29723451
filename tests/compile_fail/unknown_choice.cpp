// says: one_of() belongs to a std::string, and its default is one of the choices [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::string, mode, "slow", "mode", one_of("fast", "exact"));
#else
  PENSTOCK_PARAM(std::string, mode, "fast", "mode", one_of("fast", "exact"));
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
