// rolling_average: the mean of the last readings of each sensor.
#include "averages.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <memory>

namespace {

class RollingAverage {
  PENSTOCK_PARAM(std::uint64_t, window, 20, "how many readings of a sensor are averaged", at_least(1), at_most(1e6));

  struct Reading {
    PENSTOCK_READS(penstock::Key, sensor_id, "the sensor");
    PENSTOCK_READS(penstock::Nullable<double>, value, "the reading; a null takes no place in the window");
    PENSTOCK_ADDS(penstock::Nullable<double>, rolling_avg, "mean of the last readings; null before the first");
  };

 public:
  // A new size does not fit the windows so far.
  void configure() { averages_ = rolling_average::Averages::make(window); }

  void open() { averages_->clear(); }

  void process(const penstock::Batch<Reading>& batch) {
    const auto value = batch[&Reading::value];
    const auto average = batch[&Reading::rolling_avg];
    // A word of 64 rows at a time: a bit stored for each row would be loaded again for the next.
    for (std::size_t first = 0; first < batch.rows(); first += 64) {
      const rolling_average::Rows rows{batch[&Reading::sensor_id].data() + first, value.data() + first,
                                       average.data() + first, std::min<std::size_t>(64, batch.rows() - first)};
      const std::uint64_t present = value.valid() ? value.valid()[first / 64] : rolling_average::all_present;
      average.valid()[first / 64] = averages_->add(rows, present);
    }
  }

 private:
  std::unique_ptr<rolling_average::Averages> averages_ = rolling_average::Averages::make(window);
};

}  // namespace

PENSTOCK_EXPORT(Stage, RollingAverage, rolling_average, keyed_by("sensor_id"), deterministic())
