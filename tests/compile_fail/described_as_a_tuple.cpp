// says: `describe()` must be public, static, consteval or constexpr, take nothing, and return `penstock::described(...)`
#include <penstock/sdk.hpp>

namespace {
class Clamp {
  penstock::Param<double> max;
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return std::make_tuple(param("max", &Clamp::max, 100.0, "highest value"));
#else
    return penstock::described(param("max", &Clamp::max, 100.0, "highest value"));
#endif
  }
  void process(Reading& r) { r.value = r.value > max ? *max : r.value; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Clamp, clamp)
