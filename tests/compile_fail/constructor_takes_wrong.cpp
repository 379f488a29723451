// says: a type has a public constructor that takes nothing or a `penstock::Host&` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
  void consume(const penstock::Batch<>&) {}
#ifdef WRONG
  explicit Writer(const penstock::Schema&) {}
#else
  explicit Writer(penstock::Host&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
