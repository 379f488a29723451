#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "fixture/test_host.hpp"

namespace rolling_average {
namespace {

using penstock::fixture::Cell;
using penstock::fixture::Node;
using penstock::fixture::null;
using penstock::fixture::PluginType;
using testing::ElementsAre;

class RollingAverage : public testing::Test {
 protected:
  std::vector<Cell> averages(std::vector<Cell> sensors, std::vector<Cell> values) {
    EXPECT_EQ(node.process({{"sensor_id", "key", std::move(sensors)}, {"value", "f64", std::move(values)}}),
              PENSTOCK_OK);
    return node.output()["rolling_avg"];
  }

  Node node{PluginType(PLUGIN, "rolling_average")};
};

TEST_F(RollingAverage, AveragesTheLastReadingsOfEachSensor) {
  node.configure({{"window", 2u}});
  EXPECT_THAT(averages({"a", "b", "a", "a", "b"}, {1.0, 10.0, 2.0, 3.0, 20.0}), ElementsAre(1.0, 10.0, 1.5, 2.5, 15.0));
}

TEST_F(RollingAverage, GivesANullNoPlaceInTheWindow) {
  node.configure({{"window", 2u}});
  EXPECT_THAT(averages({"a", "a", "a", "a", "a"}, {null, 1.0, null, 3.0, 5.0}), ElementsAre(null, 1.0, 1.0, 2.0, 4.0));
}

TEST_F(RollingAverage, IsRightAgainWhenAStrangeValueHasLeft) {
  node.configure({{"window", 2u}});
  averages({"a", "a", "a", "a"}, {1.0, NAN, 1e300, 1.0});
  EXPECT_THAT(averages({"a", "a"}, {2.0, 4.0}), ElementsAre(1.5, 3.0));
}

TEST_F(RollingAverage, StartsAnewWhenItIsOpenedAgain) {
  node.configure({{"window", 2u}});
  node.open();
  averages({"a", "a"}, {100.0, 200.0});
  node.close();
  node.open();
  EXPECT_THAT(averages({"a", "a"}, {1.0, 2.0}), ElementsAre(1.0, 1.5));
}

TEST_F(RollingAverage, DependsOnTheRowsAndNotOnTheBatches) {
  std::mt19937 random(1);
  std::vector<Cell> sensors, values;
  for (int i = 0; i < 500; ++i) {
    sensors.emplace_back("s" + std::to_string(random() % 5));
    values.push_back(random() % 10 ? Cell(static_cast<double>(random()) / 1000) : null);
  }
  node.configure();
  const std::vector<Cell> at_once = averages(sensors, values);
  node.configure();
  std::vector<Cell> in_pieces;
  for (std::size_t at = 0; at < sensors.size();) {
    const std::size_t end = std::min(sensors.size(), at + 1 + random() % 100);
    const auto part = [&](const std::vector<Cell>& all) {
      return std::vector<Cell>(all.begin() + static_cast<std::ptrdiff_t>(at),
                               all.begin() + static_cast<std::ptrdiff_t>(end));
    };
    const std::vector<Cell> some = averages(part(sensors), part(values));
    in_pieces.insert(in_pieces.end(), some.begin(), some.end());
    at = end;
  }
  EXPECT_EQ(in_pieces, at_once);
}

}  // namespace
}  // namespace rolling_average
