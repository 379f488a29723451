// says: `bind` of a Source must be public, take a `penstock::NewColumns&` and return void [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Table {
 public:
#ifdef WRONG
  void bind(const penstock::Schema&) {}
#else
  void bind(penstock::NewColumns& out) { out.add<double>("value"); }
#endif
  penstock::Generator stream(penstock::Output<>& out) { co_yield out; }
};
}  // namespace

PENSTOCK_EXPORT(Source, Table, table)
