#include <penstock/sdk.hpp>

namespace {
class Double {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  void process(Reading& r) { r.value *= 2; }
};
}  // namespace

PENSTOCK_EXPORT(Stage, Double, stranger_cpp, stateless())
