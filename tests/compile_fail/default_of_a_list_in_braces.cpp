// says: the default of a parameter is a number, a duration with its unit, a text or penstock::required; that of a list is one text with `|` between its items, such as A|B
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::vector<std::string>, names, {"A", "B"}, "which");
#else
  PENSTOCK_PARAM(std::vector<std::string>, names, "A|B", "which");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
