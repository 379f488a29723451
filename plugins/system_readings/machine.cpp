#include "machine.hpp"

#include "files.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace system_readings {

std::vector<Sample> Machine::read(Clock::time_point now) {
  std::vector<Sample> samples;
  read_cpu(samples);
  read_memory(samples);
  read_load(samples);
  read_disks(samples, now);
  read_networks(samples, now);
  read_temperatures(samples);
  return samples;
}

// proc_stat(5): cpuN user nice system idle iowait irq softirq steal guest guest_nice. The guests are in user and nice.
void Machine::read_cpu(std::vector<Sample>& samples) {
  const std::string text = read_file(root_ / "proc/stat").value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    const std::string name(take_word(line));
    if (!name.starts_with("cpu")) continue;
    std::array<std::uint64_t, 8> field{};
    bool complete = true;
    for (std::uint64_t& ticks : field) {
      const auto value = number<std::uint64_t>(take_word(line));
      complete = complete && value;
      ticks = value.value_or(0);
    }
    if (!complete) continue;
    Ticks now{0, field[3] + field[4]};
    for (const std::uint64_t ticks : field) now.total += ticks;
    const auto [before, is_new] = ticks_.try_emplace(name, now);
    // Idle time may fall a little (the kernel corrects iowait), and the total stands still between two ticks.
    if (!is_new && now.total > before->second.total) {
      const auto total = static_cast<double>(now.total - before->second.total);
      const auto idle = static_cast<double>(now.idle - std::min(now.idle, before->second.idle));
      samples.push_back({name, std::clamp(100 * (total - idle) / total, 0.0, 100.0), "%"});
    }
    before->second = now;
  }
}

void Machine::read_memory(std::vector<Sample>& samples) const {
  const std::string text = read_file(root_ / "proc/meminfo").value_or("");
  std::optional<std::uint64_t> total, available;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    const std::string_view name = take_word(line);
    if (name == "MemTotal:") total = number<std::uint64_t>(take_word(line));
    if (name == "MemAvailable:") available = number<std::uint64_t>(take_word(line));
  }
  if (!total || !available || *available > *total) return;
  samples.push_back({"memory.used", static_cast<double>(*total - *available) * 1024, "B"});
  samples.push_back({"memory.available", static_cast<double>(*available) * 1024, "B"});
}

void Machine::read_load(std::vector<Sample>& samples) const {
  const std::string text = read_file(root_ / "proc/loadavg").value_or("");
  std::string_view rest = text;
  for (const char* const sensor : {"load.1m", "load.5m", "load.15m"})
    if (const auto load = number<double>(take_word(rest))) samples.push_back({sensor, *load, ""});
}

// Documentation/admin-guide/iostats.rst: major minor name, then reads, merged, sectors, ms, writes, merged, sectors. A sector
// here is 512 bytes, whatever the device's are. A device that never moved a byte is left out: most machines have some.
void Machine::read_disks(std::vector<Sample>& samples, Clock::time_point now) {
  const std::string text = read_file(root_ / "proc/diskstats").value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    std::array<std::string_view, 10> field;
    for (std::string_view& word : field) word = take_word(line);
    const auto read = number<std::uint64_t>(field[5]), written = number<std::uint64_t>(field[9]);
    if (!read || !written || (*read == 0 && *written == 0) || !is_whole_disk(field[2])) continue;
    const std::string disk = "disk." + std::string(field[2]);
    add_rate(samples, disk + ".read", *read * 512, now);
    add_rate(samples, disk + ".write", *written * 512, now);
  }
}

// A partition's bytes are also its disk's; loop and RAM devices are no disks.
bool Machine::is_whole_disk(std::string_view name) const {
  if (name.starts_with("loop") || name.starts_with("ram")) return false;
  std::string file(name);
  std::replace(file.begin(), file.end(), '/', '!');
  std::error_code error;
  return std::filesystem::exists(root_ / "sys/block" / file, error) ||
         !std::filesystem::exists(root_ / "sys/block", error);
}

// proc_net(5): name: bytes packets errs drop fifo frame compressed multicast, the first eight received, then sent.
void Machine::read_networks(std::vector<Sample>& samples, Clock::time_point now) {
  const std::string text = read_file(root_ / "proc/net/dev").value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;  // the two lines of the header
    std::string_view name = line.substr(0, colon), numbers = line.substr(colon + 1);
    std::array<std::string_view, 9> field;
    for (std::string_view& word : field) word = take_word(numbers);
    const auto received = number<std::uint64_t>(field[0]), sent = number<std::uint64_t>(field[8]);
    if (!received || !sent || (*received == 0 && *sent == 0)) continue;
    const std::string interface = "net." + std::string(take_word(name));
    add_rate(samples, interface + ".rx", *received, now);
    add_rate(samples, interface + ".tx", *sent, now);
  }
}

void Machine::add_rate(std::vector<Sample>& samples, std::string sensor, std::uint64_t bytes, Clock::time_point now) {
  const auto [before, is_new] = counters_.try_emplace(sensor, Counter{bytes, now});
  if (is_new) return;
  const double seconds = std::chrono::duration<double>(now - before->second.when).count();
  const bool rose = bytes >= before->second.value;
  if (rose && seconds > 0)
    samples.push_back({std::move(sensor), static_cast<double>(bytes - before->second.value) / seconds, "B/s"});
  before->second = {bytes, now};
}

// The kernel shows most thermal zones as hardware monitors too.
void Machine::read_temperatures(std::vector<Sample>& samples) const {
  if (!read_hardware_monitors(samples)) read_thermal_zones(samples);
}

// Documentation/hwmon/sysfs-interface.rst: thousandths of a degree. Two chips may have one name: the second one's sensors
// have the directory's name with it.
bool Machine::read_hardware_monitors(std::vector<Sample>& samples) const {
  const std::filesystem::path all = root_ / "sys/class/hwmon";
  const std::size_t before = samples.size();
  std::vector<std::string> chips;
  for (const std::string& directory : names_in(all, "hwmon")) {
    std::string chip = read_line(all / directory / "name").value_or(directory);
    if (std::find(chips.begin(), chips.end(), chip) != chips.end()) chip += "." + directory;
    chips.push_back(chip);
    for (const std::string& file : names_in(all / directory, "temp")) {
      if (!file.ends_with("_input")) continue;
      const auto value = number<std::int64_t>(read_line(all / directory / file).value_or(""));
      const std::string input = file.substr(0, file.size() - std::string_view("_input").size());
      if (value) samples.push_back({"temperature." + chip + "." + input, static_cast<double>(*value) / 1000, "°C"});
    }
  }
  return samples.size() > before;
}

void Machine::read_thermal_zones(std::vector<Sample>& samples) const {
  const std::filesystem::path all = root_ / "sys/class/thermal";
  for (const std::string& zone : names_in(all, "thermal_zone")) {
    const auto value = number<std::int64_t>(read_line(all / zone / "temp").value_or(""));
    if (value) samples.push_back({"temperature." + zone, static_cast<double>(*value) / 1000, "°C"});
  }
}

}  // namespace system_readings
