#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <chrono>

#include "fixture/test_host.hpp"

namespace system_readings {
namespace {

using penstock::fixture::Change;
using penstock::fixture::Node;
using penstock::fixture::PluginType;
using penstock::fixture::Table;
using testing::Contains;
using testing::Each;
using testing::Gt;

constexpr std::int64_t millisecond = 1'000'000;

class SystemReadings : public testing::Test {
 protected:
  // Until the source ends, waiting as a host does.
  Table all(std::size_t capacity) {
    Table rows;
    EXPECT_EQ(node.open(), PENSTOCK_OK);
    while (node.stream(capacity) == PENSTOCK_OK) {
      rows.append(node.output());
      poll(nullptr, 0, static_cast<int>(node.wait_ns() / millisecond));
    }
    EXPECT_EQ(node.close(), PENSTOCK_OK);
    return rows;
  }

  Node node{PluginType(PLUGIN, "system_readings")};
};

TEST_F(SystemReadings, ReadsThisMachineForAsManyRoundsAsItIsTold) {
  node.configure({{"interval", 10 * millisecond}, {"rounds", 3u}});
  const Table rows = all(1000);
  EXPECT_THAT(rows["sensor_id"], Contains("load.1m").Times(3));
  EXPECT_THAT(rows["sensor_id"], Contains("memory.used").Times(3));
  EXPECT_THAT(node.changes(), Contains(Change{"rounds_read", 2, 3, true}));
}

TEST_F(SystemReadings, FitsItsRoundsIntoSmallBatches) {
  node.configure({{"interval", 10 * millisecond}, {"rounds", 2u}});
  EXPECT_THAT(all(1)["sensor_id"], Contains("load.1m").Times(2));
}

TEST_F(SystemReadings, NeverBlocksAndSaysHowLongItCanWait) {
  node.configure({{"interval", 3600 * 1000 * millisecond}});
  node.open();
  EXPECT_EQ(node.stream(), PENSTOCK_OK);
  EXPECT_EQ(node.output().rows(), 0u);
  EXPECT_GT(node.wait_ns(), 3500 * 1000 * millisecond);
  EXPECT_EQ(node.stream(64, true), PENSTOCK_END);
  node.close();
}

}  // namespace
}  // namespace system_readings
