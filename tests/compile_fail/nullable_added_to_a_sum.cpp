// says: it may hold no value: write `x.value` where `x.valid`
#include <penstock/sdk.hpp>

namespace {
class Total {
  PENSTOCK_METRIC(double, sum, "of all readings");

 public:
  void consume(const penstock::Batch<>& batch) {
    const auto value = batch.column<penstock::Nullable<double>>("value");
    for (std::size_t i = 0; i < batch.rows(); ++i)
#ifdef WRONG
      sum += value[i];
#else
      if (value[i]) sum += *value[i];
#endif
  }
};
}  // namespace

PENSTOCK_EXPORT(Sink, Total, total)
