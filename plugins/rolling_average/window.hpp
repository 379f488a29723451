// The mean of the last values of one sensor.
#pragma once
#include <cstddef>
#include <vector>

namespace rolling_average {

/// What rounding loses when `x` is added to `before` and gives `after` (Knuth's TwoSum, "The Art of Computer Programming" 2,
/// 4.2.2, theorem B). NaN when `after` is not finite.
inline double rounding_error(double before, double x, double after) {
  const double part = after - before;
  return (before - (after - part)) + (x - part);
}

/// A sum with what its additions have lost. NaN stands for what a sum lost that is not finite: nothing.
inline double corrected(double sum, double lost) { return lost == lost ? sum + lost : sum; }

/// A running sum would subtract what leaves, and so keep for ever what 1e300 or NaN did to it. Here nothing is ever
/// subtracted: the window is a lap of new values, summed as they come, and behind them the rest of the lap before, whose
/// sums from each place to its end were computed when it was full. One addition more per value, and each mean depends on
/// the values in its window alone.
///
///     the lap so far      the rest of the lap before, as sums
///     [ x0 x1 ... xi ]    [ y(i+1)+...+y(n-1)   ...   y(n-2)+y(n-1)   y(n-1)   0 ]
///
/// `add` loads all that it needs before it stores: values and sums are doubles of one array to the compiler, and what is
/// loaded behind a store is loaded again.
class Window {
 public:
  /// The mean of the last `size` values, or of as many as there are, `x` among them. `size` is from 1 and the same in every
  /// call. Memory grows with the values that came, up to `size` of them.
  double add(double x, std::size_t size) {
    if (!is_full_) [[unlikely]]
      grow(size);
    double* const places = places_.data();
    const std::size_t next = next_;
    const double sum = sum_ + x;
    const double lost = lost_ + rounding_error(sum_, x, sum);
    const double mean = (corrected(sum, lost) + places[next + 1]) / count_;
    places[next] = x;
    sum_ = sum;
    lost_ = lost;
    next_ = next + 1;
    if (next_ == size) [[unlikely]]
      start_lap();
    return mean;
  }

  bool empty() const { return count_ == 0; }
  /// Of the values in the window; not when it is empty.
  double mean() const { return (corrected(sum_, lost_) + places_[next_]) / count_; }

 private:
  [[gnu::cold, gnu::noinline]] void grow(std::size_t size) {
    constexpr std::size_t small = 64;  // windows up to it take what they need at once, and no more
    if (size <= small) places_.reserve(size + 1);
    places_.resize(next_ + 2);
    count_ = static_cast<double>(next_ + 1);
    is_full_ = next_ + 1 == size;
  }

  // By fours: within four values plain sums lose next to nothing, and the chain of additions is a quarter as long.
  [[gnu::noinline]] void start_lap() {
    double sum = 0, lost = 0;
    std::size_t i = next_;
    const auto sum_up = [&](double x) {
      const double before = sum;
      sum += x;
      lost += rounding_error(before, x, sum);
    };
    for (; i >= 4; i -= 4) {
      double* const four = &places_[i - 4];
      const double behind = corrected(sum, lost);
      four[2] += four[3];
      four[1] += four[2];
      four[0] += four[1];
      sum_up(four[0]);
      for (std::size_t k = 0; k < 4; ++k) four[k] += behind;
    }
    for (; i > 0; --i) {
      sum_up(places_[i - 1]);
      places_[i - 1] = corrected(sum, lost);
    }
    sum_ = lost_ = 0;
    next_ = 0;
  }

  std::vector<double> places_;  // [0, next_): values of this lap; behind: sums of the lap before, and 0
  std::size_t next_ = 0;
  double sum_ = 0, lost_ = 0;  // of the lap so far
  double count_ = 0;           // values in the window; a double, because it is divided by
  bool is_full_ = false;
};

}  // namespace rolling_average
