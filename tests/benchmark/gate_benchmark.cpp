// What it costs to judge a directory of plugins, beside what a host pays that loads each of them to learn what it is.
// README.md says how to read it.
#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "heap.hpp"
#include "plugin/child.hpp"
#include "plugin/gate.hpp"
#include "rounds.hpp"
#include "stopwatch.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t plugins = 500;
constexpr double most_beside_dlopen = 0.25;
/** The catalog keeps what a manifest says, and of the files nothing. */
constexpr std::size_t most_bytes_a_plugin = 16 * 1024;

/** A directory of shipped plugins, each with another type: its name is written over in a copy of the file. */
class PluginDirectory {
 public:
  PluginDirectory() : path_(fs::path(PENSTOCK_BENCHMARK_SCRATCH) / "many_plugins") {
    fs::remove_all(path_);
    fs::create_directories(path_);
    const std::string name = "threshold_filter";
    std::ifstream file(PENSTOCK_BENCHMARK_PLUGINS "/libthreshold_filter.so", std::ios::binary);
    const std::string original{std::istreambuf_iterator<char>(file), {}};
    for (std::size_t i = 0; i < plugins; ++i) {
      std::string bytes = original;
      const std::string number = std::to_string(10'000 + i),
                        other = name.substr(0, name.size() - number.size()) + number;
      for (std::size_t at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at + 1))
        bytes.replace(at, name.size(), other);
      files_.push_back(path_ / ("lib" + other + ".so"));
      std::ofstream(files_.back(), std::ios::binary) << bytes;
    }
  }
  ~PluginDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PluginDirectory(const PluginDirectory&) = delete;
  PluginDirectory& operator=(const PluginDirectory&) = delete;

  [[nodiscard]] const fs::path& path() const noexcept { return path_; }
  [[nodiscard]] const std::vector<fs::path>& files() const noexcept { return files_; }

 private:
  fs::path path_;
  std::vector<fs::path> files_;
};

struct Measured {
  double us = 0;  ///< a plugin, of processor time
  std::size_t bytes = 0;
};

/** Every contestant works in a process of its own, which has not met the files before. */
template <typename Work>
Measured measure(Work work) {
  const auto child = plugin::run_in_child(
      [&] {
        const std::size_t before = heap_bytes();
        const Stopwatch watch;
        [[maybe_unused]] const auto kept = work();  // until it is counted
        const double seconds = watch.elapsed().cpu_s;
        return std::to_string(seconds * 1e6 / plugins) + ' ' + std::to_string(heap_bytes() - before);
      },
      {.time = std::chrono::minutes(1)});
  Measured measured;
  if (child.ending != plugin::Ending::completed ||
      std::sscanf(child.record.c_str(), "%lf %zu", &measured.us, &measured.bytes) != 2)
    throw std::runtime_error("a contestant failed: " + child.output);
  return measured;
}

Measured judge_all(const PluginDirectory& directory) {
  return measure([&] {
    diagnostic::Diagnostics found;
    auto catalog = plugin::admit({directory.path()}, found);
    if (catalog.types().size() != plugins || !found.empty()) throw std::runtime_error("a plugin was refused");
    return catalog;
  });
}

Measured load_all(const PluginDirectory& directory, int mode) {
  return measure([&] {
    for (const fs::path& file : directory.files())
      if (::dlopen(file.c_str(), mode | RTLD_LOCAL) == nullptr) throw std::runtime_error(::dlerror());
    return 0;
  });
}

int compare(int rounds) {
  const PluginDirectory directory;
  std::vector<double> judged, now, lazy, ratios;
  std::size_t bytes = 0;
  judge_all(directory);  // the files are in the system's memory from here on
  for (int round = 0; round < rounds; ++round) {
    const Measured ours = judge_all(directory);
    judged.push_back(ours.us);
    bytes = std::max(bytes, ours.bytes / plugins);
    now.push_back(load_all(directory, RTLD_NOW).us);
    lazy.push_back(load_all(directory, RTLD_LAZY).us);
    ratios.push_back(judged.back() / std::min(now.back(), lazy.back()));
  }
  std::printf("%-18s %10s\n%-18s %10.1f\n%-18s %10.1f\n%-18s %10.1f\n", "us a plugin", "median", "judged",
              median(judged), "dlopen", median(now), "dlopen_lazy", median(lazy));
  std::printf("memory kept: %zu bytes a plugin, at most %zu\n", bytes, most_bytes_a_plugin);
  const bool is_good = median(ratios) <= most_beside_dlopen && bytes <= most_bytes_a_plugin;
  std::printf("judged / dlopen: %.3f, at most %.2f%s\n", median(ratios), most_beside_dlopen, is_good ? "" : " FAIL");
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) { return penstock::bench::compare_in_rounds(argc, argv, 15, penstock::bench::compare); }
