// says: the name of a type is a lower-case letter, then lower-case letters, digits and `_`, at most 128 bytes [PS0304]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Sink, Writer, Writer2)
#else
PENSTOCK_EXPORT(Sink, Writer, writer2)
#endif
