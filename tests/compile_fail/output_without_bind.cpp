// says: a type with a `penstock::Output<>` needs `bind`, which says its columns [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Table {
 public:
#ifndef WRONG
  void bind(penstock::NewColumns& out) { out.add<double>("value"); }
#endif
  penstock::Generator stream(penstock::Output<>& out) { co_yield out; }
};
}  // namespace

PENSTOCK_EXPORT(Source, Table, table)
