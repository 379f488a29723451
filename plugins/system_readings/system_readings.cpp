// system_readings: what the machine that it runs on measures of itself, round by round.
#include "machine.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <vector>

namespace {

using Clock = system_readings::Machine::Clock;

class SystemReadings {
  PENSTOCK_PARAM(penstock::Duration, interval, 1s, "time between two rounds, and before the first", at_least(10ms),
                 at_most(24h));
  PENSTOCK_PARAM(std::uint64_t, rounds, 0, "rounds to read, 0 for no end");
  PENSTOCK_METRIC(std::uint64_t, rounds_read, "rounds read", never_decreasing());
  PENSTOCK_METRIC(std::uint64_t, rounds_missed, "rounds left out because the one before took too long",
                  never_decreasing());

  struct Reading {
    PENSTOCK_ADDS(penstock::Key, sensor_id, "such as cpu, cpu0, memory.used, load.1m, disk.sda.read, net.eth0.rx");
    PENSTOCK_ADDS(penstock::Time, timestamp, "when the round was read");
    PENSTOCK_ADDS(double, value, "the reading");
    PENSTOCK_ADDS(penstock::Nullable<penstock::Key>, unit, "%, B, B/s or °C; null for the load");
  };

 public:
  explicit SystemReadings(penstock::Host& host) : host_(host) {}

  // The first reading only gives the rates of the first round something to be compared with.
  void open() {
    machine_ = system_readings::Machine();
    const Clock::time_point now = Clock::now();
    if (machine_.read(now).empty()) throw penstock::Failed("no sensor can be read: is /proc mounted?");
    due_ = now + *interval;
  }

  penstock::Generator stream(penstock::Output<Reading>& out) {
    std::uint64_t done = 0;
    while (!out.stopping()) {
      const Clock::time_point now = Clock::now();
      if (now < due_) {
        out.wait(due_ - now);
        co_yield out;
        continue;
      }
      const auto time = std::chrono::system_clock::now().time_since_epoch();
      const std::vector<system_readings::Sample> samples = machine_.read(now);
      for (const system_readings::Sample& sample : samples) {
        if (out.full()) co_yield out;
        const penstock::Key unit = sample.unit.empty() ? penstock::Key() : host_.intern(sample.unit);
        out.push({host_.intern(sample.sensor),
                  {std::chrono::nanoseconds(time).count()},
                  sample.value,
                  {unit, !sample.unit.empty()}});
      }
      rounds_read += 1;
      if (++done == rounds) break;
      plan_next_round(now);
    }
  }

 private:
  // Rounds keep to the beat of the first one. Those that lie behind already are not made up for: they would all be now.
  void plan_next_round(Clock::time_point now) {
    const auto missed = (now - due_) / *interval;
    if (missed > 0) rounds_missed += static_cast<std::uint64_t>(missed);
    due_ += (missed + 1) * *interval;
  }

  penstock::Host& host_;
  system_readings::Machine machine_;
  Clock::time_point due_;
};

}  // namespace

PENSTOCK_EXPORT(Source, SystemReadings, system_readings)
