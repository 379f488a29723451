// The readings that every contestant gets, one after the other or in memory as columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace penstock::bench {

inline constexpr std::size_t sensors = 1000;
inline constexpr double lowest = 0, highest = 100;  ///< what the filter keeps, and what becomes 0 and 1
inline constexpr std::size_t window = 20;           ///< readings averaged for each sensor

/** Columns of `rows` readings, borrowed. */
struct ReadingsView {
  const std::int32_t* sensor_id;  ///< key codes 0 to sensors - 1
  const std::int64_t* timestamp;  ///< ns, UTC
  const double* value;            ///< finite
  const std::int32_t* unit;       ///< key code `sensors`
  std::size_t rows;
};

struct Reading {
  std::int32_t sensor_id;
  std::int64_t timestamp;
  double value;
};

/** The same on every machine: sensors in random order, a millisecond apart, values uniform in -10 to 110, so that the filter
 *  keeps five of six and nobody can guess which. */
class ReadingSequence {
 public:
  Reading next() noexcept;

 private:
  std::uint64_t random() noexcept;

  std::uint64_t state_ = 1;
  std::int64_t timestamp_ = 1'700'000'000'000'000'000;
};

/** The first readings of a ReadingSequence. */
class Readings {
 public:
  explicit Readings(std::size_t rows);

  [[nodiscard]] ReadingsView first(std::size_t rows) const noexcept {
    return {sensor_id_.data(), timestamp_.data(), value_.data(), unit_.data(), rows};
  }
  [[nodiscard]] ReadingsView all() const noexcept { return first(value_.size()); }

 private:
  std::vector<std::int32_t> sensor_id_;
  std::vector<std::int64_t> timestamp_;
  std::vector<double> value_;
  std::vector<std::int32_t> unit_;
};

/** The text of a key code of these readings. */
[[nodiscard]] inline std::string key_text(std::size_t code) {
  return code == sensors ? "degC" : "sensor-" + std::to_string(code);
}

}  // namespace penstock::bench
