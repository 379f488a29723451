// says: no column has values of this type; of a text column they are std::string_view [PS0201]
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
