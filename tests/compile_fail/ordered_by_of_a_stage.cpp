// says: ordered_by() belongs to a Source, and names a column that it adds [PS0308]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(penstock::Time, timestamp, "when");
  };

 public:
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Filter, filter, ordered_by("timestamp"))
#else
PENSTOCK_EXPORT(Stage, Filter, filter, stateless())
#endif
