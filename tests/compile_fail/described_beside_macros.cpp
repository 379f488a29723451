// says: a class declares its members by macros or lists them in `describe()`, not both
#include <penstock/sdk.hpp>

namespace {
class Filter {
  penstock::Param<double> min;
#ifdef WRONG
  PENSTOCK_PARAM(double, max, 1.0, "highest");
#endif
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"));
#else
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"));
#endif
  }
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
