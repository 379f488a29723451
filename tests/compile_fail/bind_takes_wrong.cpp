// says: `bind` must be public, take a `const penstock::Schema&` and return void [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
#ifdef WRONG
  void bind(penstock::Schema&) {}
#else
  void bind(const penstock::Schema&) {}
#endif
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
