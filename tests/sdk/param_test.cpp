// Parameters of a class that a test makes itself: they have their defaults.
#include <gtest/gtest.h>
#include <penstock/param.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace penstock {
namespace {

using namespace std::chrono_literals;

struct Settings {
  PENSTOCK_PARAM(std::string, shape, "sine", "of the wave", one_of("sine", "saw"));
  PENSTOCK_PARAM(Duration, every, 2s, "between two readings");
  PENSTOCK_PARAM(std::vector<std::string>, sensors, "a|b", "names");
  PENSTOCK_PARAM(double, low, -1.5, "lowest");
  PENSTOCK_PARAM(std::int64_t, count, 3, "how many");
};

TEST(Param, ComparesAsItsValue) {
  const Settings settings;
  EXPECT_TRUE(settings.shape == "sine");
  EXPECT_TRUE("saw" != settings.shape);
  EXPECT_TRUE(settings.shape == std::string("sine"));
  EXPECT_TRUE(settings.shape < std::string_view("square"));
  EXPECT_TRUE(settings.every > 1s);
  EXPECT_TRUE(settings.every == 2000ms);
  EXPECT_TRUE(3s >= settings.every);
  EXPECT_TRUE((settings.sensors == std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(settings.low < 0 && settings.count == 3 && 3 >= settings.count);
}

TEST(Param, GivesItsPlainValue) {
  const Settings settings;
  EXPECT_EQ(settings.shape->size(), 4u);
  EXPECT_EQ("a " + *settings.shape, "a sine");
  EXPECT_EQ(std::max(*settings.low, 0.0), 0.0);
  EXPECT_EQ(settings.every->count(), 2'000'000'000);
  std::string all;
  for (const std::string& sensor : *settings.sensors) all += sensor;
  EXPECT_EQ(all, "ab");
}

}  // namespace
}  // namespace penstock
