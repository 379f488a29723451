// threshold_filter: lets through the readings between two values.
#include <penstock/sdk.hpp>

#include <cmath>

namespace {

class ThresholdFilter {
  PENSTOCK_PARAM(double, min, 0.0, "lowest value kept", reloadable());
  PENSTOCK_PARAM(double, max, 100.0, "highest value kept", reloadable());
  PENSTOCK_METRIC(std::uint64_t, dropped, "readings dropped, for whatever reason", label("records_dropped"),
                  never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, missing, "of those, readings without a number: null or NaN", never_decreasing());

  struct Reading {
    PENSTOCK_READS(penstock::Nullable<double>, value, "the reading; null and NaN are dropped");
  };

 public:
  void configure() {
    if (!(min <= max)) throw penstock::Refused(min, "must not be greater than `max`");
  }

  void process(penstock::Batch<Reading>& batch) {
    // In locals, so that the loop need not load them again after every store.
    const double low = min, high = max;
    const std::uint64_t outside = batch.drop_unless(
        [=](const Reading& r) { return r.value.valid & penstock::between(r.value.value, low, high); });
    if (outside == 0) return;
    dropped += outside;
    const auto is_missing = [](const Reading& r) { return !r.value.valid | std::isnan(r.value.value); };
    if (const std::uint64_t count = batch.count_if(is_missing)) missing += count;
  }
};

}  // namespace

PENSTOCK_EXPORT(Stage, ThresholdFilter, threshold_filter, stateless(), deterministic())
