// What every contestant's result is added up to, by the same code, so that a wrong result or one left out is seen.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace penstock::bench {

/** A nullable column of doubles. */
struct Doubles {
  const double* values;
  const std::uint64_t* valid;  ///< bit per row; null: no row is null
};

struct Totals {
  std::uint64_t rows = 0, nulls = 0;
  double normalized = 0, rolling_avg = 0;

  void add(std::size_t count, Doubles normalized_column, Doubles rolling_avg_column) noexcept {
    rows += count;
    normalized += sum(count, normalized_column);
    rolling_avg += sum(count, rolling_avg_column);
  }

  /** Equal but for the order in which was added and for how a mean was rounded. */
  [[nodiscard]] bool agrees_with(const Totals& other) const noexcept {
    return rows == other.rows && nulls == other.nulls && is_near(normalized, other.normalized) &&
           is_near(rolling_avg, other.rolling_avg);
  }

 private:
  static bool is_near(double a, double b) noexcept { return std::abs(a - b) <= 1e-9 * std::abs(b); }

  double sum(std::size_t count, Doubles column) noexcept {
    if (column.valid != nullptr) {
      std::size_t present = 0;
      for (std::size_t row = 0; row < count; row += 64) {
        const std::uint64_t mask = count - row < 64 ? (std::uint64_t{1} << (count - row)) - 1 : ~std::uint64_t{0};
        present += static_cast<std::size_t>(std::popcount(column.valid[row / 64] & mask));
      }
      nulls += count - present;
      if (present < count) return sum_of_present(count, column);
    }
    // Eight sums at once, so that adding up is not what is measured.
    double part[8] = {};
    std::size_t row = 0;
    for (; row + 8 <= count; row += 8)
      for (std::size_t i = 0; i < 8; ++i) part[i] += column.values[row + i];
    for (; row < count; ++row) part[0] += column.values[row];
    return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
  }

  static double sum_of_present(std::size_t count, Doubles column) noexcept {
    double sum = 0;
    for (std::size_t row = 0; row < count; ++row)
      if (column.valid[row / 64] >> row % 64 & 1) sum += column.values[row];
    return sum;
  }
};

}  // namespace penstock::bench
