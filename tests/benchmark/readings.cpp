#include "readings.hpp"

namespace penstock::bench {
namespace {

// splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
class Random {
 public:
  std::uint64_t next() noexcept {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }
  double unit() noexcept { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_ = 1;
};

constexpr std::int64_t start_ns = 1'700'000'000'000'000'000;
constexpr std::int64_t step_ns = 1'000'000;

}  // namespace

Readings::Readings(std::size_t rows) : unit_(rows, static_cast<std::int32_t>(sensors)) {
  Random random;
  sensor_id_.reserve(rows);
  timestamp_.reserve(rows);
  value_.reserve(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    sensor_id_.push_back(static_cast<std::int32_t>(random.next() % sensors));
    timestamp_.push_back(start_ns + static_cast<std::int64_t>(row) * step_ns);
    value_.push_back(random.unit() * 120 - 10);
  }
}

}  // namespace penstock::bench
