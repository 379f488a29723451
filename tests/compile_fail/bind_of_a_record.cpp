// says: only a type that takes `penstock::Batch<>` has `bind`: nobody would call it here, where the columns are those of a record [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  void bind(const penstock::Schema&) {}
  void process(penstock::Batch<Reading>&) {}
#else
  void bind(const penstock::Schema&) {}
  void process(penstock::Batch<>&) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
