// says: this class has `stream`: export it as a Source; a Stage has `process(penstock::Batch<Record>&)` or `process(Record&)` [PS0201]
#include <penstock/sdk.hpp>

namespace {
struct Reading {
  PENSTOCK_ADDS(double, value, "the reading");
};
class Zeros {
 public:
  penstock::Generator stream(penstock::Output<Reading>& out) {
    for (;;) co_yield out;
  }
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Zeros, zeros)
#else
PENSTOCK_EXPORT(Source, Zeros, zeros)
#endif
