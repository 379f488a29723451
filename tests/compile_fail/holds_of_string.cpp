// says: no column has values of this type
#include <penstock/sdk.hpp>

namespace {
#ifdef WRONG
using Text = std::string;
#else
using Text = std::string_view;
#endif

class Writer {
 public:
  void consume(const penstock::Batch<>& batch) {
    for (const penstock::AnyColumn& column : batch.columns())
      if (column.holds<Text>()) ++texts_;
  }

 private:
  std::size_t texts_ = 0;
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
