// says: only a number or a duration has at_least() and at_most() [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(bool, header, true, "write a head line", at_least(0));
#else
  PENSTOCK_PARAM(bool, header, true, "write a head line");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
