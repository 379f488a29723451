#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "fixture/test_host.hpp"

namespace normalize {
namespace {

using penstock::fixture::Cell;
using penstock::fixture::Change;
using penstock::fixture::Node;
using penstock::fixture::null;
using penstock::fixture::PluginType;
using testing::ElementsAre;

class Normalize : public testing::Test {
 protected:
  std::vector<Cell> normalized(std::vector<Cell> values) {
    EXPECT_EQ(node.process({{"value", "f64", std::move(values)}}), PENSTOCK_OK);
    return node.output()["normalized"];
  }

  Node node{PluginType(PLUGIN, "normalize")};
};

TEST_F(Normalize, MapsItsRangeToZeroAndOne) {
  node.configure({{"low", -10.0}, {"high", 30.0}});
  EXPECT_THAT(normalized({-10.0, 0.0, 30.0}), ElementsAre(0.0, 0.25, 1.0));
}

TEST_F(Normalize, GivesNullOutsideAndNeverAClampedValue) {
  node.configure();
  EXPECT_THAT(normalized({-0.001, 50.0, 100.001, NAN, null, HUGE_VAL}), ElementsAre(null, 0.5, null, null, null, null));
  EXPECT_THAT(node.output()["value"], testing::SizeIs(6));
  EXPECT_THAT(node.changes(), ElementsAre(Change{"outside", 0, 5, true}));
}

TEST_F(Normalize, RefusesARangeThatIsNone) {
  EXPECT_EQ(node.configure({{"low", 5.0}, {"high", 5.0}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.failures().back().where, 0);
  EXPECT_EQ(node.configure({{"low", 6.0}, {"high", 5.0}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.configure({{"low", NAN}}), PENSTOCK_REFUSED);
  EXPECT_EQ(node.configure({{"low", -1.7e308}, {"high", 1.7e308}}), PENSTOCK_REFUSED);
}

TEST_F(Normalize, ComputesToTheBitWhatItsFormulaSays) {
  node.configure({{"low", 0.1}, {"high", 150.3}});
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(0.1, 150.3);
  std::vector<Cell> values, expected;
  for (int i = 0; i < 1000; ++i) {
    const double value = uniform(random);
    values.emplace_back(value);
    expected.emplace_back((value - 0.1) / (150.3 - 0.1));
  }
  EXPECT_EQ(normalized(values), expected);
}

}  // namespace
}  // namespace normalize
