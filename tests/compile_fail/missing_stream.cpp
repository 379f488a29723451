// says: a Source needs `penstock::Generator stream(penstock::Output<Record>&)`, and this class has no method of that name: look for a misspelling [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Reader {
  struct Reading {
    PENSTOCK_ADDS(double, value, "the reading");
  };

 public:
#ifndef WRONG
  penstock::Generator stream(penstock::Output<Reading>&) { co_return; }
#endif
};
}  // namespace

PENSTOCK_EXPORT(Source, Reader, reader)
