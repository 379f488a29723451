// says: param() describes a member of type `penstock::Param<T>`, metric() one of `penstock::Metric<T>`
#include <penstock/sdk.hpp>

namespace {
class Filter {
  penstock::Metric<double> worst;
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(param("worst", &Filter::worst, 0.0, "the worst"));
#else
    return penstock::described(metric("worst", &Filter::worst, "the worst"));
#endif
  }
  void process(penstock::Batch<Reading>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Stage, Filter, filter)
