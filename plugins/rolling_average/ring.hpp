// The sum of the last few values of one sensor.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rolling_average {

/// A small window: its sum is made anew from its values each time, which costs less than keeping one up to date, and needs
/// no care for what leaves. The additions have an order of their own, four columns and then their sum, so that they come out
/// the same on every processor: compilers make two instructions for baseline x86-64 out of one for AVX.
///
/// Kept are the values that stay when the next one comes, and apart from them the one that leaves: the loads of the sum
/// then never meet a store of the same row, for which they would have to wait.
template <std::size_t Blocks>
class alignas(64) Ring {
 public:
  /// Windows of up to this many values.
  static constexpr std::size_t most = 4 * Blocks + 1;

  /// The sum of the last `size` values, or of as many as there are, `x` among them. `size` is from 2 to `most`, and the same
  /// in every call.
  [[gnu::always_inline]] double add(double x, std::size_t size) {
    const double sum = staying() + x;
    const std::uint32_t at = next_;
    leaving_ = values_[at];
    values_[at] = x;
    next_ = at == 0 ? static_cast<std::uint32_t>(size) - 2 : at - 1;
    if (count_ < size) [[unlikely]]
      ++count_;
    return sum;
  }

  /// How many values it has.
  std::size_t count() const { return count_; }
  /// Of the values in the window; not when it is empty.
  double mean() const { return (staying() + leaving_) / static_cast<double>(count_); }

 private:
  using Four [[gnu::vector_size(32)]] = double;

  [[gnu::always_inline]] double staying() const {
    Four sum[2] = {};
    for (std::size_t i = 0; i < Blocks; ++i) {
      Four four;
      std::memcpy(&four, &values_[4 * i], sizeof four);
      if (i < 2)
        sum[i] = four;
      else
        sum[i % 2] += four;
    }
    const Four all = sum[0] + sum[1];
    return (all[0] + all[2]) + (all[1] + all[3]);
  }

  std::array<double, 4 * Blocks> values_{};  // those not yet there are 0
  double leaving_ = 0;
  std::uint32_t next_ = 0, count_ = 0;
};

}  // namespace rolling_average
