// says: `describe()` is consteval or constexpr: it is asked when the class is compiled
#include <penstock/sdk.hpp>

namespace {
class Filter {
  penstock::Param<double> min, max;
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
#ifdef WRONG
  static auto describe(){
#else
  static consteval auto describe() {
#endif
      using namespace penstock::attributes;
#ifdef WRONG
  return penstock::described(param("min", &Filter::min, 0.0, "lowest"), param("max", &Filter::max, 1.0, "highest"));
#else
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"), param("max", &Filter::max, 1.0, "highest"));
#endif
} void process(penstock::Batch<Reading>&) {
}
};  // namespace
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
