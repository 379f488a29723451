// Columns over bare memory: no host, no plugin.
#include <gtest/gtest.h>
#include <penstock/column.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace penstock {
namespace {

// Every third row is null. What lies behind the last row is poison: bits that are set and belong to no row.
class SomeNulls {
 public:
  explicit SomeNulls(std::size_t rows) : values_(rows + 1), valid_(rows / 64 + 2, ~std::uint64_t{0}) {
    for (std::size_t row = 0; row < rows; row += 3) set_bit(valid_.data(), row, false);
  }
  penstock_column with_bitmap() { return {values_.data(), valid_.data(), nullptr, nullptr}; }
  penstock_column without_bitmap() { return {values_.data(), nullptr, nullptr, nullptr}; }

 private:
  std::vector<double> values_;
  std::vector<std::uint64_t> valid_;
};

std::size_t not_divisible_by_three(std::size_t rows) { return rows - (rows + 2) / 3; }

TEST(ColumnOfNullable, CountsTheRowsThatHaveAValue) {
  for (std::size_t rows = 0; rows <= 130; ++rows) {
    SomeNulls memory(rows);
    EXPECT_EQ(Column<const Nullable<double>>(memory.with_bitmap(), rows).count_valid(), not_divisible_by_three(rows));
    EXPECT_EQ(Column<Nullable<double>>(memory.with_bitmap(), rows).count_valid(), not_divisible_by_three(rows));
  }
}

TEST(ColumnOfNullable, CountsAllRowsWithoutABitmap) {
  for (const std::size_t rows : {0u, 1u, 63u, 64u, 65u}) {
    SomeNulls memory(rows);
    EXPECT_EQ(Column<const Nullable<double>>(memory.without_bitmap(), rows).count_valid(), rows);
  }
}

TEST(ColumnOfNullable, CountsFromNoneToAll) {
  for (const std::size_t rows : {1u, 63u, 64u, 65u, 128u}) {
    std::vector<double> values(rows);
    std::vector<std::uint64_t> valid(rows / 64 + 1);
    const Column<Nullable<double>> column({values.data(), valid.data(), nullptr, nullptr}, rows);
    EXPECT_EQ(column.count_valid(), 0u);
    for (std::size_t row = 0; row < rows; ++row) {
      column.set(row, 1.0);
      EXPECT_EQ(column.count_valid(), row + 1);
    }
  }
}

}  // namespace
}  // namespace penstock
