// says: a parameter has a default, or penstock::required, and behind it a description, and one of the two is missing: PENSTOCK_PARAM(type, name, default, description)
#include <penstock/sdk.hpp>

namespace {
class Writer {
  penstock::Param<double> max;

 public:
  static consteval auto describe() {
    using namespace penstock::attributes;
#ifdef WRONG
    return penstock::described(param("max", &Writer::max, "highest value kept", reloadable()));
#else
    return penstock::described(param("max", &Writer::max, 100.0, "highest value kept", reloadable()));
#endif
  }
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
