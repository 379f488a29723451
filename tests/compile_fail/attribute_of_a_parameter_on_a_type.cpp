// says: the attributes of a type are stateless(), keyed_by(), deterministic() and ordered_by(), and something else stands among them
#include <penstock/sdk.hpp>

namespace {
class Doubler {
  struct Reading {
    PENSTOCK_WRITES(double, value, "the reading");
  };

 public:
  void process(Reading& r) { r.value *= 2; }
};
}  // namespace

#ifdef WRONG
PENSTOCK_EXPORT(Stage, Doubler, doubler, reloadable())
#else
PENSTOCK_EXPORT(Stage, Doubler, doubler, deterministic())
#endif
