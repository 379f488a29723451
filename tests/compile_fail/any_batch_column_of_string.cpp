// says: no column has values of this type; of a text column they are std::string_view [PS0201]
#include <penstock/sdk.hpp>

namespace {
class Writer {
 public:
  void consume(const penstock::Batch<>& batch) {
#ifdef WRONG
    rows_ += batch.column<std::string>("sensor").size();
#else
    rows_ += batch.column<std::string_view>("sensor").size();
#endif
  }

 private:
  std::size_t rows_ = 0;
};
}  // namespace

PENSTOCK_EXPORT(Sink, Writer, writer)
