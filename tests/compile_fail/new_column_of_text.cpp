// says: a column that is added is a number, bool, penstock::Key, Time, Duration, or Nullable of one: for text use penstock::Key [PS0309]
#include <penstock/sdk.hpp>

namespace {
class Table {
 public:
#ifdef WRONG
  void bind(penstock::NewColumns& out) { out.add<std::string_view>("note"); }
#else
  void bind(penstock::NewColumns& out) { out.add<penstock::Key>("note"); }
#endif
  penstock::Generator stream(penstock::Output<>& out) { co_yield out; }
};
}  // namespace

PENSTOCK_EXPORT(Source, Table, table)
