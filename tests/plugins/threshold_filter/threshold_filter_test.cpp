#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "fixture/test_host.hpp"

namespace threshold_filter {
namespace {

using penstock::fixture::Cell;
using penstock::fixture::Change;
using penstock::fixture::Node;
using penstock::fixture::null;
using penstock::fixture::PluginType;
using testing::ElementsAre;
using testing::IsEmpty;

class ThresholdFilter : public testing::Test {
 protected:
  std::vector<Cell> kept(std::vector<Cell> values) {
    EXPECT_EQ(node.process({{"value", "f64", std::move(values)}}), PENSTOCK_OK);
    return node.output()["value"];
  }

  Node node{PluginType(PLUGIN, "threshold_filter")};
};

TEST_F(ThresholdFilter, KeepsBothEndsOfItsRange) {
  node.configure({{"min", 10.0}, {"max", 20.0}});
  EXPECT_THAT(kept({9.999, 10.0, 15.0, 20.0, 20.001}), ElementsAre(10.0, 15.0, 20.0));
}

TEST_F(ThresholdFilter, DropsAndCountsWhatIsNoNumber) {
  node.configure({{"min", -INFINITY}, {"max", INFINITY}});
  EXPECT_THAT(kept({1.0, null, NAN, -HUGE_VAL, 1e308}), ElementsAre(1.0, -HUGE_VAL, 1e308));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"dropped", 0, 2, true}, Change{"missing", 0, 2, true}));
}

TEST_F(ThresholdFilter, RecordsNothingWhenNothingIsDropped) {
  node.configure();
  kept({1.0, 2.0});
  EXPECT_THAT(node.changes(), IsEmpty());
}

TEST_F(ThresholdFilter, CountsOnFromBatchToBatch) {
  node.configure();
  kept({-1.0});
  kept({-1.0, -2.0});
  EXPECT_THAT(node.changes(), ElementsAre(Change{"dropped", 0, 1, true}, Change{"dropped", 1, 3, true}));
}

TEST_F(ThresholdFilter, RefusesARangeThatIsNone) {
  EXPECT_EQ(node.configure({{"min", 2.0}, {"max", 1.0}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.failures().back().where, 0);
  EXPECT_EQ(node.configure({{"min", NAN}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.configure({{"min", 1.0}, {"max", 1.0}}), PENSTOCK_OK);
}

TEST_F(ThresholdFilter, KeepsTheSameRowsAsAPlainLoop) {
  node.configure({{"min", -1.0}, {"max", 1.0}});
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  for (const std::size_t rows : {0u, 1u, 63u, 64u, 65u, 1000u}) {
    std::vector<Cell> values, expected;
    for (std::size_t i = 0; i < rows; ++i) {
      const double value = normal(random);
      values.push_back(random() % 10 ? Cell(value) : null);
      if (!values.back().is_null() && value >= -1 && value <= 1) expected.push_back(values.back());
    }
    EXPECT_EQ(kept(values), expected) << rows;
  }
}

}  // namespace
}  // namespace threshold_filter
