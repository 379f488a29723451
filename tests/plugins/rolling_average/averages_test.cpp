#include "rolling_average/averages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <random>
#include <vector>

namespace rolling_average {
namespace {

using penstock::Key;

constexpr std::size_t rows = 6400;

/// Readings of a few sensors in random order, some of them null.
struct Readings {
  explicit Readings(double share_of_nulls) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> value_of(50, 110);
    std::bernoulli_distribution is_null(share_of_nulls);
    for (std::size_t row = 0; row < rows; ++row) {
      sensor.push_back({static_cast<std::int32_t>(random() % 7)});
      value.push_back(value_of(random));
      present.push_back(!is_null(random));
    }
  }
  std::vector<Key> sensor;
  std::vector<double> value;
  std::vector<bool> present;
};

struct Result {
  std::vector<double> average = std::vector<double>(rows);
  std::vector<bool> known = std::vector<bool>(rows);
};

/// All readings, `at_once` rows a call.
Result add(Averages& averages, const Readings& readings, std::size_t at_once = 64) {
  Result result;
  for (std::size_t first = 0; first < rows; first += at_once) {
    const std::size_t count = std::min(at_once, rows - first);
    std::uint64_t present = all_present;
    for (std::size_t i = 0; i < count; ++i)
      if (!readings.present[first + i]) present &= ~(std::uint64_t{1} << i);
    const std::uint64_t known =
        averages.add({&readings.sensor[first], &readings.value[first], &result.average[first], count}, present);
    for (std::size_t i = 0; i < count; ++i) result.known[first + i] = (known >> i & 1) != 0;
  }
  return result;
}

class AveragesOfWindow : public testing::TestWithParam<std::size_t> {
 protected:
  std::unique_ptr<Averages> averages = Averages::make(GetParam());
};

TEST_P(AveragesOfWindow, AreTheMeansOfTheLastValuesOfEachSensor) {
  for (const double share_of_nulls : {0.0, 0.1, 0.9}) {
    const Readings readings(share_of_nulls);
    averages->clear();
    const Result result = add(*averages, readings);
    std::vector<std::deque<double>> last(7);
    for (std::size_t row = 0; row < rows; ++row) {
      auto& window = last[static_cast<std::size_t>(readings.sensor[row].code)];
      if (readings.present[row]) window.push_back(readings.value[row]);
      if (window.size() > GetParam()) window.pop_front();
      ASSERT_EQ(result.known[row], !window.empty()) << row;
      if (window.empty()) continue;
      long double sum = 0;
      for (const double value : window) sum += value;
      const auto exact = static_cast<double>(sum / static_cast<long double>(window.size()));
      ASSERT_NEAR(result.average[row], exact, 3 * 0x1p-52 * exact) << row;
    }
  }
}

TEST_P(AveragesOfWindow, AreTheSameBitsHoweverManyRowsComeAtOnce) {
  for (const double share_of_nulls : {0.0, 0.01}) {
    const Readings readings(share_of_nulls);
    averages->clear();
    const Result expected = add(*averages, readings, 64);
    for (const std::size_t at_once : {1u, 7u, 63u}) {
      averages->clear();
      EXPECT_EQ(add(*averages, readings, at_once).average, expected.average) << at_once;
    }
  }
}

// The bits behind the last row of a batch may be clear.
TEST_P(AveragesOfWindow, AreTheSameBitsWhateverStandsBehindTheLastRow) {
  const auto other = Averages::make(GetParam());
  const Readings readings(0);
  for (std::size_t first = 0; first + 5 <= rows; first += 5) {
    double expected[5], average[5];
    (void)averages->add({&readings.sensor[first], &readings.value[first], expected, 5}, all_present);
    (void)other->add({&readings.sensor[first], &readings.value[first], average, 5}, 0b11111);
    ASSERT_TRUE(std::equal(expected, expected + 5, average)) << first;
  }
}

TEST_P(AveragesOfWindow, ForgetWhatIsHugeOrNotFiniteWithTheRowInWhichItLeaves) {
  for (const double strange : {1e300, std::nan(""), HUGE_VAL}) {
    averages->clear();
    for (std::size_t row = 0; row < 200; ++row) {
      const Key sensor{0};
      const double value = row == 50 ? strange : 2.0;
      double average = 0;
      (void)averages->add({&sensor, &value, &average, 1}, all_present);
      const bool is_inside = row >= 50 && row < 50 + GetParam();
      ASSERT_EQ(average == 2.0, !is_inside) << row;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, AveragesOfWindow, testing::Values(1, 2, 3, 9, 10, 20, 21, 22, 33, 34, 100));

}  // namespace
}  // namespace rolling_average
