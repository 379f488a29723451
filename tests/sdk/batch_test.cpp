// A batch over bare memory: no plugin, and a host that is never called.
#include <gtest/gtest.h>
#include <penstock/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace penstock {
namespace {

struct Reading {
  PENSTOCK_READS(double, value, "the number of the row");
  PENSTOCK_READS(Nullable<double>, maybe, "the same, null in every third row");
  PENSTOCK_READS(bool, odd, "whether it is odd");
};

class Rows {
 public:
  Rows(std::size_t rows, bool has_bitmap)
      : value_(rows + 1), odd_(rows / 64 + 1), valid_(rows / 64 + 1), keep_(rows / 64 + 1) {
    for (std::size_t row = 0; row < rows; ++row) {
      value_[row] = static_cast<double>(row);
      set_bit(odd_.data(), row, row % 2 == 1);
      set_bit(valid_.data(), row, row % 3 != 0);
      set_bit(keep_.data(), row, true);
    }
    column_[0].values = column_[1].values = value_.data();
    column_[1].valid = has_bitmap ? valid_.data() : nullptr;
    column_[2].values = odd_.data();
    raw_.rows = raw_.capacity = static_cast<std::int64_t>(rows);
    raw_.column = column_;
    raw_.keep = keep_.data();
  }
  Batch<Reading> batch() { return {raw_, host_}; }
  const std::vector<std::uint64_t>& keep() const { return keep_; }

 private:
  std::vector<double> value_;
  std::vector<std::uint64_t> odd_, valid_, keep_;
  penstock_column column_[3]{};
  penstock_batch raw_{};
  penstock_host boundary_{};
  Host host_{boundary_};
};

TEST(BatchCountIf, CountsTheRowsForWhichItIsTrue) {
  for (std::size_t rows = 0; rows <= 130; ++rows) {
    Rows memory(rows, true);
    const Batch<Reading> batch = memory.batch();
    const auto below = [&](double limit) { return batch.count_if([=](const Reading& r) { return r.value < limit; }); };
    EXPECT_EQ(below(0), 0u);
    EXPECT_EQ(below(static_cast<double>(rows)), rows);
    for (std::size_t limit = 0; limit < rows; limit += 7) EXPECT_EQ(below(static_cast<double>(limit)), limit);
    EXPECT_EQ(batch.count_if([](const Reading& r) { return r.odd; }), rows / 2);
    EXPECT_EQ(batch.count_if([](const Reading& r) { return r.maybe.valid; }), rows - (rows + 2) / 3);
  }
}

TEST(BatchCountIf, SeesNoNullWithoutABitmap) {
  for (const std::size_t rows : {0u, 1u, 63u, 64u, 65u}) {
    Rows memory(rows, false);
    EXPECT_EQ(memory.batch().count_if([](const Reading& r) { return r.maybe.valid; }), rows);
  }
}

TEST(BatchCountIf, DropsNothingAndCountsWhatWasDropped) {
  for (const std::size_t rows : {1u, 63u, 64u, 65u}) {
    Rows memory(rows, true);
    Batch<Reading> batch = memory.batch();
    const std::vector<std::uint64_t> before = memory.keep();
    EXPECT_EQ(batch.count_if([](const Reading&) { return true; }), rows);
    EXPECT_EQ(memory.keep(), before);
    EXPECT_EQ(batch.drop_unless([](const Reading& r) { return !r.odd; }), rows / 2);
    EXPECT_EQ(batch.count_if([](const Reading& r) { return r.odd; }), rows / 2);
  }
}

}  // namespace
}  // namespace penstock
