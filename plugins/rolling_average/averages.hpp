// The windows of all sensors, and what becomes of the rows of a batch in them.
#pragma once
#include "ring.hpp"
#include "window.hpp"

#include <penstock/sdk.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

namespace rolling_average {

/// Up to 64 rows.
struct Rows {
  const penstock::Key* sensor;
  const double* value;
  double* average;
  std::size_t count;
};

constexpr std::uint64_t all_present = ~std::uint64_t{0};

class Averages {
 public:
  virtual ~Averages() = default;

  /// Takes the values whose bit in `present` is set, and fills in the average of every row. Gives the bits of the rows that
  /// have one: all but those before the first value of their sensor.
  virtual std::uint64_t add(const Rows& rows, std::uint64_t present) = 0;
  virtual void clear() = 0;

  /// For windows of `size` values, from 1.
  static std::unique_ptr<Averages> make(std::size_t size);
};

/// By windows that carry their sum on.
class LargeAverages final : public Averages {
 public:
  explicit LargeAverages(std::size_t size) : size_(size) {}

  std::uint64_t add(const Rows& rows, std::uint64_t present) override {
    std::uint64_t known = 0;
    for (std::size_t i = 0; i < rows.count; ++i) {
      Window& last = windows_[rows.sensor[i]];
      if (present >> i & 1)
        rows.average[i] = last.add(rows.value[i], size_);
      else if (!last.empty())
        rows.average[i] = last.mean();
      known |= std::uint64_t{!last.empty()} << i;
    }
    return known;
  }

  void clear() override { windows_.clear(); }

 private:
  penstock::PerKey<Window> windows_;
  const std::size_t size_;
};

/// By rings.
template <std::size_t Blocks>
class SmallAverages final : public Averages {
 public:
  explicit SmallAverages(std::size_t size) : size_(size) {}

  std::uint64_t add(const Rows& rows, std::uint64_t present) override {
    if (present != all_present) return add_present(rows, present);
    if (rows.count != 64) add_all(rows, rows.count);
#ifdef __x86_64__
    else if (has_avx2_)
      add_64_avx2(rows);
#endif
    else
      add_all(rows, std::integral_constant<std::size_t, 64>{});
    return all_present;
  }

  void clear() override { rings_.clear(); }

 private:
  using Ring = rolling_average::Ring<Blocks>;

  // In three loops, each of which has its state in registers: the first may meet a new sensor, the last is vectorised.
  template <class Count>
  [[gnu::always_inline]] void add_all(const Rows& rows, Count count) {
    const double* const value = rows.value;
    double* const average = rows.average;
    Ring* last[64];
    rings_.gather({rows.sensor, count}, last);

    std::uint64_t filling = 0;  // rows whose ring is not full
    double mean[64];            // theirs
    const std::size_t size = size_;
    for (std::size_t i = 0; i < count; ++i) {
      Ring& ring = *last[i];
      average[i] = ring.add(value[i], size);
      if (ring.count() < size) [[unlikely]] {
        filling |= std::uint64_t{1} << i;
        mean[i] = average[i] / static_cast<double>(ring.count());
      }
    }

    const auto full = static_cast<double>(size);
    for (std::size_t i = 0; i < count; ++i) average[i] /= full;
    for (; filling != 0; filling &= filling - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(filling));
      average[i] = mean[i];
    }
  }

#ifdef __x86_64__
  [[gnu::target("avx2")]] void add_64_avx2(const Rows& rows) {
    add_all(rows, std::integral_constant<std::size_t, 64>{});
  }
  const bool has_avx2_ = __builtin_cpu_supports("avx2");
#endif

  std::uint64_t add_present(const Rows& rows, std::uint64_t present) {
    std::uint64_t known = 0;
    for (std::size_t i = 0; i < rows.count; ++i) {
      Ring& ring = rings_[rows.sensor[i]];
      if (present >> i & 1) {
        const double sum = ring.add(rows.value[i], size_);
        rows.average[i] = sum / static_cast<double>(ring.count());
      } else if (ring.count() > 0) {
        rows.average[i] = ring.mean();
      } else {
        continue;
      }
      known |= std::uint64_t{1} << i;
    }
    return known;
  }

  penstock::PerKey<Ring> rings_;
  const std::size_t size_;
};

inline std::unique_ptr<Averages> Averages::make(std::size_t size) {
  const auto fits = [&]<std::size_t Blocks>() { return size > 1 && size <= Ring<Blocks>::most; };
  if (fits.template operator()<2>()) return std::make_unique<SmallAverages<2>>(size);
  if (fits.template operator()<5>()) return std::make_unique<SmallAverages<5>>(size);
  if (fits.template operator()<8>()) return std::make_unique<SmallAverages<8>>(size);
  return std::make_unique<LargeAverages>(size);
}

}  // namespace rolling_average
