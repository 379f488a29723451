// says: only a Source has `seek` and `acknowledge`: nobody would call them here [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
  void consume(const penstock::Batch<>&) {}
#ifdef WRONG
  void acknowledge(std::string_view) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
