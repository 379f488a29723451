// says: only a Source has `seek` and `acknowledge`: nobody would call them here [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  void process(penstock::Batch<Reading>&) {}
#ifdef WRONG
  void seek(std::string_view) {}
#endif
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
