// normalize: a reading as a share of its range.
#include <penstock/sdk.hpp>

#include <cmath>

namespace {

class Normalize {
  PENSTOCK_PARAM(double, low, 0.0, "reading that becomes 0");
  PENSTOCK_PARAM(double, high, 100.0, "reading that becomes 1");
  PENSTOCK_METRIC(std::uint64_t, outside, "readings outside of low..high, or without a number: normalized to null",
                  never_decreasing());

  struct Reading {
    PENSTOCK_READS(penstock::Nullable<double>, value, "the reading");
    PENSTOCK_ADDS(penstock::Nullable<double>, normalized, "0 at low, 1 at high; null outside, never clamped");
  };

 public:
  void configure() {
    if (!(low < high)) throw penstock::Refused(low, "must be less than `high`");
    if (!std::isfinite(high - low)) throw penstock::Refused(low, "is too far from `high`: the range is no f64");
  }

  void process(penstock::Batch<Reading>& batch) {
    const double first = low, last = high, range = last - first;
    batch.each([=](Reading& r) {
      const bool valid = r.value.valid & penstock::between(r.value.value, first, last);
      r.normalized = {(r.value.value - first) / range, valid};
    });
    const std::size_t inside = batch[&Reading::normalized].count_valid();
    if (inside != batch.rows()) outside += batch.rows() - inside;
  }
};

}  // namespace

PENSTOCK_EXPORT(Stage, Normalize, normalize, stateless(), deterministic())
