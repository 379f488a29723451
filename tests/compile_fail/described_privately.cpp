// says: `describe()` must be public, static, consteval or constexpr, take nothing, and return `penstock::described(...)`
#include <penstock/sdk.hpp>

namespace {
class Clamp {
  penstock::Param<double> max;
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

#ifndef WRONG
 public:
#endif
  static consteval auto describe() {
    return penstock::described(penstock::attributes::param("max", &Clamp::max, 100.0, "highest value"));
  }

 public:
  void process(Reading& r) { r.value = r.value > max ? *max : r.value; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Clamp, clamp)
