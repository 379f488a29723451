// says: `stream` of a Source takes `penstock::Output<Record>&` [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Reader {
  struct Reading {
    PENSTOCK_ADDS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  penstock::Generator stream(penstock::Batch<Reading>&) { co_return; }
#else
  penstock::Generator stream(penstock::Output<Reading>&) { co_return; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Reader, reader)
