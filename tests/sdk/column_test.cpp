// Columns over bare memory: no host, no plugin.
#include <gtest/gtest.h>
#include <penstock/column.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
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

TEST(ColumnOfNullable, TakesAnAssignmentToAnElement) {
  std::vector<double> values(70);
  std::vector<std::uint64_t> valid(2);
  const Column<Nullable<double>> column({values.data(), valid.data(), nullptr, nullptr}, 70);
  column[65] = 2.5;
  column[66] = column[65];
  column[65] = Nullable<double>();
  EXPECT_FALSE(column[65].valid);
  EXPECT_TRUE(column[66].valid);
  EXPECT_EQ(*column[66], 2.5);
  EXPECT_EQ(values[66], 2.5);
  EXPECT_EQ(column.count_valid(), 1u);
  EXPECT_FALSE((std::is_assignable_v<decltype((column[0].value)), double>)) << "it would be lost";
}

TEST(ColumnOfBool, TakesAnAssignmentToAnElement) {
  std::vector<std::uint64_t> bits(2);
  const Column<bool> column({bits.data(), nullptr, nullptr, nullptr}, 70);
  column[64] = true;
  column[65] = column[64];
  column[64] = column[0] || column[1];
  EXPECT_FALSE(column[64]);
  EXPECT_TRUE(column[65]);
  EXPECT_EQ(bits[1], 2u);
}

TEST(ColumnOfBool, OutlivesTheColumnThatWasAsked) {
  std::vector<std::uint64_t> bits(1);
  const auto at = [&](std::size_t row) { return Column<bool>({bits.data(), nullptr, nullptr, nullptr}, 70)[row]; };
  at(3) = true;
  EXPECT_EQ(bits[0], 8u);
}

TEST(ColumnOfNullable, IsReadAsAValueThatIsPassedOn) {
  std::vector<double> values{1, 2, 3};
  std::vector<std::uint64_t> valid{5};
  const Column<Nullable<double>> column({values.data(), valid.data(), nullptr, nullptr}, 3);
  std::vector<double> filled;
  auto last = column[0];
  for (std::size_t row = 0; row < column.size(); ++row) {
    const Nullable<double> x = column[row].valid ? column[row] : last;
    last = x;
    const auto copy = last;
    filled.push_back(*copy);
  }
  EXPECT_EQ(filled, (std::vector<double>{1, 1, 3}));
  EXPECT_EQ(values, (std::vector<double>{1, 2, 3})) << "an assignment to a variable is its own";
}

TEST(ColumnOfNullable, GivesValuesThatStayAsTheyWere) {
  std::vector<double> values{1};
  std::vector<std::uint64_t> valid{1};
  const Column<Nullable<double>> column({values.data(), valid.data(), nullptr, nullptr}, 1);
  const Nullable<double> before = column[0];
  auto element = column[0];
  column[0] = 2;
  EXPECT_EQ(*before, 1);
  EXPECT_EQ(*element, 1);
  element.value = 3;
  EXPECT_EQ(*column[0], 2) << "a variable is one's own";
}

}  // namespace
}  // namespace penstock
