// says: the default is none of the choices of one_of(): add it to them, or take one of them [PS0307]
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
