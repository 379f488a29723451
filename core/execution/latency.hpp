#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace penstock::execution {

/** How long something took, many times: a histogram whose buckets widen with the time, each a sixteenth of its power of
 *  two, so that a quantile is at most a sixteenth too high. 8 KiB, whatever comes; the largest is exact. (The idea of
 *  HdrHistogram, hdrhistogram.org.) */
class Latency {
 public:
  /** `count` times `ns` nanoseconds; what is negative counts as 0. */
  void add(std::int64_t ns, std::uint64_t count = 1) noexcept {
    const auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, ns));
    counts_[bucket(time)] += count;
    count_ += count;
    most_ = std::max(most_, time);
  }
  void add(const Latency& other) noexcept {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    most_ = std::max(most_, other.most_);
  }

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  [[nodiscard]] std::chrono::nanoseconds max() const noexcept { return nanoseconds(most_); }

  /** A time that a share `q` (0 to 1) of them did not exceed; 0 if there are none. */
  [[nodiscard]] std::chrono::nanoseconds quantile(double q) const noexcept {
    const double wanted = q * static_cast<double>(count_);
    double seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += static_cast<double>(counts_[i]);
      if (counts_[i] > 0 && seen >= wanted) return nanoseconds(std::min(most_, largest_in(i)));
    }
    return nanoseconds(0);
  }

 private:
  static constexpr unsigned precision = 4;  // bits behind the leading one
  static constexpr std::uint64_t steps = 1 << precision;

  static std::size_t bucket(std::uint64_t time) noexcept {
    if (time < steps) return static_cast<std::size_t>(time);
    const auto shift = static_cast<unsigned>(std::bit_width(time)) - precision - 1;
    return static_cast<std::size_t>(steps * shift + (time >> shift));
  }
  static std::uint64_t largest_in(std::size_t bucket) noexcept {
    if (bucket < 2 * steps) return bucket;
    const std::uint64_t shift = bucket / steps - 1;
    return ((bucket % steps + steps + 1) << shift) - 1;
  }
  static std::chrono::nanoseconds nanoseconds(std::uint64_t time) noexcept {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(time));
  }

  std::array<std::uint64_t, steps*(64 - precision)> counts_{};  // times below 2^63 need no more
  std::uint64_t count_ = 0, most_ = 0;
};

}  // namespace penstock::execution
