// says: `stream` of a Source must be public, and not overloaded [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Reader {
  struct Reading {
    PENSTOCK_ADDS(double, value, "the reading");
  };

#ifndef WRONG
 public:
#endif
  penstock::Generator stream(penstock::Output<Reading>&) { co_return; }
};
}  // namespace

PENSTOCK_EXPORT(Source, Reader, reader)
