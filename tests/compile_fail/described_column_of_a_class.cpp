// says: `describe()` lists param() and metric() in a class, reads(), writes() and adds() in a record
#include <penstock/sdk.hpp>

namespace {
class Filter {
  penstock::Param<double> min;
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"),
                               reads("value", &Reading::value, "the reading"));
#else
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"));
#endif
  }
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
