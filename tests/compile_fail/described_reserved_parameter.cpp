// says: a parameter has the name of a key that every node of a pipeline file has, and could not be set [PS0306]
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
                               param("timeout", &Filter::max, 1.0, "highest"));
#else
    return penstock::described(param("min", &Filter::min, 0.0, "lowest"), param("max", &Filter::max, 1.0, "highest"));
#endif
  }
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
