// What it costs that a batch goes into a plugin and comes back, with all metrics of the host on a change log, beside the
// least that a host must do which passes columns by the Arrow C data interface and measures its plugins: fill the structs, call
// through a pointer, read the clock before and after. README.md says how to read it.
#include <penstock/abi.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "column_loops.hpp"
#include "plugin_chain.hpp"
#include "rounds.hpp"

namespace penstock::bench {
namespace {

constexpr std::size_t batches = 1000;  // what they record fits into a ring: nobody waits for the collector
constexpr int crossings = 8;           // of crossings.yaml
constexpr double most_beside_arrow = 1.8;

/** Four columns as a struct array, as another host would lend them. */
class ArrowBatch {
 public:
  ArrowBatch() {
    for (std::size_t i = 0; i < width; ++i) children_[i] = &child_[i];
  }

  ArrowArray& fill(const ReadingsView& in, std::size_t first) {
    const auto rows = static_cast<std::int64_t>(batch_rows);
    const std::array<const void*, width> values = {in.sensor_id + first, in.timestamp + first, in.value + first,
                                                   in.unit + first};
    for (std::size_t i = 0; i < width; ++i) {
      buffers_[i] = {nullptr, values[i]};
      child_[i] = {rows, 0, 0, 2, 0, buffers_[i].data(), nullptr, nullptr, release, nullptr};
    }
    root_ = {rows, 0, 0, 1, width, &no_nulls_, children_.data(), nullptr, release, nullptr};
    return root_;
  }

 private:
  static constexpr std::size_t width = 4;
  static void release(ArrowArray* array) { array->release = nullptr; }

  ArrowArray root_{};
  std::array<ArrowArray, width> child_{};
  std::array<ArrowArray*, width> children_{};
  std::array<std::array<const void*, 2>, width> buffers_{};
  const void* no_nulls_ = nullptr;
};

penstock_status idle(void*, ArrowArray*) { return PENSTOCK_OK; }

double ns_of_arrow(const ReadingsView& readings) {
  penstock_status (*volatile process)(void*, ArrowArray*) = idle;
  ArrowBatch batch;
  std::chrono::nanoseconds time{};
  const Stopwatch watch;
  for (std::size_t i = 0; i < batches * crossings; ++i) {
    ArrowArray& array = batch.fill(readings, i % batches * batch_rows);
    asm volatile("" : : "r"(&array) : "memory");
    const auto begin = std::chrono::steady_clock::now();
    if (process(nullptr, &array) != PENSTOCK_OK) std::abort();
    time += std::chrono::steady_clock::now() - begin;
  }
  asm volatile("" : : "r"(&time) : "memory");
  return watch.elapsed().cpu_s * 1e9 / static_cast<double>(batches * crossings);
}

int compare(int rounds) {
  const Readings readings(batches * batch_rows);
  const plugin::PluginPath plugins = {PENSTOCK_BENCHMARK_PLUGINS, PENSTOCK_BENCHMARK_NODES};
  const std::string pipelines = PENSTOCK_BENCHMARK_PIPELINES;
  const PluginChain with(plugins, pipelines + "/crossings.yaml", PENSTOCK_BENCHMARK_SCRATCH, "idle_sink");
  const PluginChain without(plugins, pipelines + "/no_crossing.yaml", PENSTOCK_BENCHMARK_SCRATCH, "idle_sink");
  std::vector<double> arrow, ours, ratios;
  for (int round = 0; round < rounds; ++round) {
    const auto seconds = [&](const PluginChain& chain) {
      return chain.push(readings.all(), ChangeLogging::on).times.cpu_s;
    };
    ours.push_back((seconds(with) - seconds(without)) * 1e9 / static_cast<double>(batches * crossings));
    arrow.push_back(ns_of_arrow(readings.all()));
    ratios.push_back(ours.back() / arrow.back());
  }
  std::printf("%-18s %10s\n%-18s %10.1f\n%-18s %10.1f\n", "ns a crossing", "median", "arrow_and_clock", median(arrow),
              "stage", median(ours));
  const bool is_good = median(ratios) <= most_beside_arrow;
  std::printf("stage / arrow_and_clock: %.2f, at most %.2f%s\n", median(ratios), most_beside_arrow,
              is_good ? "" : " FAIL");
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace penstock::bench

int main(int argc, char** argv) { return penstock::bench::compare_in_rounds(argc, argv, 31, penstock::bench::compare); }
