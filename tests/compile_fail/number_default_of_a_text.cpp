// says: the default of a parameter has another type than the parameter [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::string, delimiter, 44, "between two columns");
#else
  PENSTOCK_PARAM(std::string, delimiter, ",", "between two columns");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
