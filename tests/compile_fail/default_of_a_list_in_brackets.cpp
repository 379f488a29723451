// says: the default of a list is one text with `|` between its items and no brackets, such as A|B: this one would be a list of one item [PS0307]
#include <penstock/sdk.hpp>

namespace {
class Writer {
#ifdef WRONG
  PENSTOCK_PARAM(std::vector<std::string>, names, "[A, B]", "which");
#else
  PENSTOCK_PARAM(std::vector<std::string>, names, "A|B", "which");
#endif
 public:
  void consume(const penstock::Batch<>&) {}
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
