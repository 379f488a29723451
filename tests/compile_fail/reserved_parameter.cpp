// says: a parameter has the name of a key that every node of a pipeline file has, and could not be set [PS0306]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::uint64_t, retry, 1, "tries");
#else
  PENSTOCK_PARAM(std::uint64_t, tries, 1, "tries");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
