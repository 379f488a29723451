// rolling_average: the mean of the last readings of each sensor.
#include "window.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>

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
  void configure() { windows_.clear(); }

  void open() { windows_.clear(); }

  void process(const penstock::Batch<Reading>& batch) {
    const auto value = batch[&Reading::value];
    const auto average = batch[&Reading::rolling_avg];
    // A word of 64 rows at a time: a bit stored for each row would be loaded again for the next.
    for (std::size_t first = 0; first < batch.rows(); first += 64) {
      const std::size_t count = std::min<std::size_t>(64, batch.rows() - first);
      const Rows rows{batch[&Reading::sensor_id].data() + first, value.data() + first, average.data() + first, count};
      const std::uint64_t present = value.valid() ? value.valid()[first / 64] : all;
      average.valid()[first / 64] = present == all ? average_all(rows) : average_present(rows, present);
    }
  }

 private:
  static constexpr std::uint64_t all = ~std::uint64_t{0};

  struct Rows {
    const penstock::Key* sensor;
    const double* value;
    double* average;
    std::size_t count;
  };

  std::uint64_t average_all(const Rows& rows) {
    const std::size_t size = window;
    for (std::size_t i = 0; i < rows.count; ++i) rows.average[i] = windows_[rows.sensor[i]].add(rows.value[i], size);
    return all;
  }

  // The bits of the rows that have an average: all but those before the first reading of their sensor.
  std::uint64_t average_present(const Rows& rows, std::uint64_t present) {
    const std::size_t size = window;
    std::uint64_t known = 0;
    for (std::size_t i = 0; i < rows.count; ++i) {
      rolling_average::Window& last = windows_[rows.sensor[i]];
      if (present >> i & 1) last.add(rows.value[i], size);
      if (last.empty()) continue;
      rows.average[i] = last.mean();
      known |= std::uint64_t{1} << i;
    }
    return known;
  }

  penstock::PerKey<rolling_average::Window> windows_;
};

}  // namespace

PENSTOCK_EXPORT(Stage, RollingAverage, rolling_average, keyed_by("sensor_id"), deterministic())
