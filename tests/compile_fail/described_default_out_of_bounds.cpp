// says: the default of a parameter or metric lies outside its own bounds [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Filter {
  penstock::Param<double> min, max;
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"),
                               param("max", &Filter::max, 1.0, "highest", at_most(0.5)));
#else
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"), param("max", &Filter::max, 1.0, "highest"));
#endif
  }
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
