#include "readings.hpp"

namespace penstock::bench {

// splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
std::uint64_t ReadingSequence::random() noexcept {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

Reading ReadingSequence::next() noexcept {
  constexpr std::int64_t step_ns = 1'000'000;
  Reading reading{};
  reading.sensor_id = static_cast<std::int32_t>(random() % sensors);
  reading.timestamp = timestamp_;
  reading.value = static_cast<double>(random() >> 11) * 0x1p-53 * 120 - 10;
  timestamp_ += step_ns;
  return reading;
}

Readings::Readings(std::size_t rows) : unit_(rows, static_cast<std::int32_t>(sensors)) {
  ReadingSequence sequence;
  sensor_id_.reserve(rows);
  timestamp_.reserve(rows);
  value_.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const Reading reading = sequence.next();
    sensor_id_.push_back(reading.sensor_id);
    timestamp_.push_back(reading.timestamp);
    value_.push_back(reading.value);
  }
}

}  // namespace penstock::bench
