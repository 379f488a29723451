// This machine's sensors: what the kernel counts and measures.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace system_readings {

struct Sample {
  std::string sensor;
  double value;
  std::string_view unit;  // empty: none
};

/// Reads the sensors, as often as it is asked to. A rate or a share needs the reading before: it is there from the second
/// time on, and again from the time after its counter fell (a device was replaced, a counter ran over).
class Machine {
 public:
  using Clock = std::chrono::steady_clock;

  /// `root` is where proc/ and sys/ are.
  explicit Machine(std::filesystem::path root = "/") : root_(std::move(root)) {}

  /// What can be read, in a stable order. A file that is missing or says something else than expected is left out.
  std::vector<Sample> read(Clock::time_point now);

 private:
  struct Counter {
    std::uint64_t value;
    Clock::time_point when;
  };
  struct Ticks {
    std::uint64_t total, idle;
  };

  void read_cpu(std::vector<Sample>& samples);
  void read_memory(std::vector<Sample>& samples) const;
  void read_load(std::vector<Sample>& samples) const;
  void read_disks(std::vector<Sample>& samples, Clock::time_point now);
  void read_networks(std::vector<Sample>& samples, Clock::time_point now);
  void read_temperatures(std::vector<Sample>& samples) const;
  bool read_hardware_monitors(std::vector<Sample>& samples) const;
  void read_thermal_zones(std::vector<Sample>& samples) const;

  bool is_whole_disk(std::string_view name) const;
  void add_rate(std::vector<Sample>& samples, std::string sensor, std::uint64_t bytes, Clock::time_point now);

  std::filesystem::path root_;
  std::map<std::string, Counter> counters_;
  std::map<std::string, Ticks> ticks_;
};

}  // namespace system_readings
