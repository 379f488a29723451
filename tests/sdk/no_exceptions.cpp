// Built with -fno-exceptions -fno-rtti: what would be thrown fails the call instead.
#include <penstock/sdk.hpp>

namespace {
class NoExceptions {
  PENSTOCK_PARAM(double, limit, 1.0, "largest value");
  PENSTOCK_METRIC(double, last, "last value", never_negative());
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };
  penstock::Host& host_;

 public:
  explicit NoExceptions(penstock::Host& host) : host_(host) {}
  void configure() {
    if (!(limit > 0)) host_.fail(penstock::Refused(limit, "must be above 0"));
  }
  bool process(const Reading& r) {
    last = r.value;
    return r.value <= limit;
  }
};
}  // namespace

PENSTOCK_EXPORT(Stage, NoExceptions, no_exceptions)
