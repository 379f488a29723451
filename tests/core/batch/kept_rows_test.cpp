#include "batch/kept_rows.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "batch/bits.hpp"

namespace penstock::batch {
namespace {

class KeptRowsTest : public testing::TestWithParam<Instructions> {
 protected:
  void SetUp() override {
    if (GetParam() > best_instructions()) GTEST_SKIP() << "this processor does not have them";
  }

  template <class T>
  void expect_moved(std::int64_t rows, double share, bool in_place) {
    std::mt19937_64 random(static_cast<std::uint64_t>(rows));
    std::bernoulli_distribution keeps(share);
    std::vector<std::uint64_t> keep(static_cast<std::size_t>(bits::words(rows)));
    std::vector<T> from, expected;
    for (std::int64_t row = 0; row < rows; ++row) {
      from.push_back(static_cast<T>(random()));
      if (!keeps(random)) continue;
      bits::set(keep.data(), row);
      expected.push_back(from.back());
    }
    BufferPool pool;
    KeptRows kept(keep.data(), rows, static_cast<std::int64_t>(expected.size()), pool, GetParam());
    std::vector<T> to(in_place ? std::vector<T>() : std::vector<T>(from.size()));
    T* const target = in_place ? from.data() : to.data();
    kept.move(from.data(), target, sizeof(T));
    EXPECT_EQ(std::vector<T>(target, target + expected.size()), expected)
        << rows << " rows of " << sizeof(T) << " bytes, of which " << share << " stay";
  }
};

TEST_P(KeptRowsTest, MovesRowsOfEveryWidthInOrder) {
  for (const std::int64_t rows : {1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1000, 4096})
    for (const double share : {0.0, 0.1, 0.5, 0.95, 1.0})
      for (const bool in_place : {false, true}) {
        expect_moved<std::uint8_t>(rows, share, in_place);
        expect_moved<std::uint16_t>(rows, share, in_place);
        expect_moved<std::uint32_t>(rows, share, in_place);
        expect_moved<std::uint64_t>(rows, share, in_place);
      }
}

std::string name(const testing::TestParamInfo<Instructions>& test) {
  switch (test.param) {
    case Instructions::baseline: return "Baseline";
    case Instructions::avx2: return "Avx2";
    default: return "Avx512";
  }
}

INSTANTIATE_TEST_SUITE_P(By, KeptRowsTest,
                         testing::Values(Instructions::baseline, Instructions::avx2, Instructions::avx512), name);

}  // namespace
}  // namespace penstock::batch
