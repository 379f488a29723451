#include "system_readings/machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "fixture/temporary_directory.hpp"

namespace system_readings {
namespace {

using namespace std::chrono_literals;
using penstock::fixture::TemporaryDirectory;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

class Readings : public testing::Test {
 protected:
  std::map<std::string, double> read(Machine::Clock::duration later = 0s) {
    std::map<std::string, double> values;
    for (const Sample& sample : machine.read(now_ += later)) values[sample.sensor] = sample.value;
    return values;
  }

  TemporaryDirectory root;
  Machine machine{root.path()};

 private:
  Machine::Clock::time_point now_{1000s};
};

TEST_F(Readings, AreNoneWhereNothingCanBeRead) { EXPECT_THAT(read(), IsEmpty()); }

TEST_F(Readings, GiveTheShareOfBusyTimeOfEachProcessor) {
  root.write("proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\nintr 5\n");
  EXPECT_THAT(read(), IsEmpty());
  root.write("proc/stat", "cpu  110 5 110 825 50 0 0 0 0 0\ncpu0 100 0 100 900 0 0 0 0 0 0\nintr 6\n");
  EXPECT_THAT(read(1s), UnorderedElementsAre(Pair("cpu", 25), Pair("cpu0", 0)));
}

TEST_F(Readings, LeaveOutAProcessorWhoseTimeStoodStill) {
  root.write("proc/stat", "cpu  1 1 1 1 1 1 1 1 0 0\n");
  read();
  EXPECT_THAT(read(1s), IsEmpty());
}

TEST_F(Readings, TakeAnIdleTimeThatFellAsNone) {
  root.write("proc/stat", "cpu  0 0 0 0 100 0 0 0 0 0\n");
  read();
  root.write("proc/stat", "cpu  100 0 0 0 99 0 0 0 0 0\n");
  EXPECT_THAT(read(1s), ElementsAre(Pair("cpu", 100)));
}

TEST_F(Readings, GiveMemoryInBytes) {
  root.write("proc/meminfo", "MemTotal:  1000 kB\nMemFree:  1 kB\nMemAvailable:  400 kB\n");
  EXPECT_THAT(read(), UnorderedElementsAre(Pair("memory.used", 600 * 1024), Pair("memory.available", 400 * 1024)));
}

TEST_F(Readings, GiveTheLoad) {
  root.write("proc/loadavg", "0.50 1.25 2.00 1/234 5678\n");
  EXPECT_THAT(read(), UnorderedElementsAre(Pair("load.1m", 0.5), Pair("load.5m", 1.25), Pair("load.15m", 2)));
}

TEST_F(Readings, GiveRatesOfWholeDisks) {
  root.write("sys/block/sda/size", "1");
  root.write("proc/diskstats",
             "8 0 sda 1 0 100 1 1 0 10 1 0 1 1\n8 1 sda1 1 0 100 1 1 0 10 1 0 1 1\n7 0 loop0 1 0 1 1 1 0 1 1 0 1 1\n");
  read();
  root.write("proc/diskstats", "8 0 sda 1 0 104 1 1 0 10 1 0 1 1\n8 1 sda1 1 0 104 1 1 0 10 1 0 1 1\n");
  EXPECT_THAT(read(2s), UnorderedElementsAre(Pair("disk.sda.read", 1024), Pair("disk.sda.write", 0)));
}

TEST_F(Readings, GiveRatesOfNetworks) {
  root.write("proc/net/dev", "Inter-| Receive\n face |bytes\n  eth0:1000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0\n");
  read();
  root.write("proc/net/dev", "Inter-| Receive\n face |bytes\n  eth0: 1500 1 0 0 0 0 0 0 700 1 0 0 0 0 0 0\n");
  EXPECT_THAT(read(500ms), UnorderedElementsAre(Pair("net.eth0.rx", 1000), Pair("net.eth0.tx", 400)));
}

TEST_F(Readings, SkipARateWhoseCounterFell) {
  const auto counters = [&](const std::string& received) {
    root.write("proc/net/dev", "h\nh\neth0: " + received + " 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0\n");
  };
  counters("18446744073709551615");
  read();
  counters("10");
  EXPECT_THAT(read(1s), ElementsAre(Pair("net.eth0.tx", 0)));
  counters("30");
  EXPECT_THAT(read(1s), UnorderedElementsAre(Pair("net.eth0.rx", 20), Pair("net.eth0.tx", 0)));
}

TEST_F(Readings, GiveTemperaturesOfHardwareMonitors) {
  root.write("sys/class/hwmon/hwmon0/name", "coretemp\n");
  root.write("sys/class/hwmon/hwmon0/temp1_input", "45500\n");
  root.write("sys/class/hwmon/hwmon0/temp1_label", "Package\n");
  root.write("sys/class/hwmon/hwmon1/name", "coretemp\n");
  root.write("sys/class/hwmon/hwmon1/temp1_input", "-5000\n");
  root.write("sys/class/thermal/thermal_zone0/temp", "45000\n");
  EXPECT_THAT(read(), UnorderedElementsAre(Pair("temperature.coretemp.temp1", 45.5),
                                           Pair("temperature.coretemp.hwmon1.temp1", -5)));
}

TEST_F(Readings, GiveTemperaturesOfThermalZonesWhereThereIsNothingElse) {
  root.write("sys/class/thermal/thermal_zone0/temp", "45000\n");
  EXPECT_THAT(read(), ElementsAre(Pair("temperature.thermal_zone0", 45)));
}

TEST_F(Readings, LeaveOutWhatIsNotAsItShouldBe) {
  root.write("proc/stat", "cpu  1 2\ncpu0 a b c d e f g h\n");
  root.write("proc/meminfo", "MemTotal: lots\nMemAvailable: 5 kB\n");
  root.write("proc/loadavg", "");
  root.write("proc/diskstats", "8 0 sda\n");
  root.write("proc/net/dev", "eth0: x\n:\n");
  root.write("sys/class/hwmon/hwmon0/temp1_input", "hot\n");
  read();
  EXPECT_THAT(read(1s), IsEmpty());
}

}  // namespace
}  // namespace system_readings
