// What an audited assignment costs its caller, a class of a plugin that says `metric = value` and reaches the log through the
// host's table, beside the least that a time-stamped record can cost: `rdtsc` and a store of 32 bytes, called L here. Medians of interleaved rounds. `burst` assigns as much as a ring holds, from rest; `cold` so little
// that the clock's cell is still empty.
#include <benchmark/benchmark.h>
#include <unistd.h>
#include <x86intrin.h>
#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "changelog/change_log.hpp"
#include "execution/hosts.hpp"
#include "execution/node_host.hpp"
#include "rounds.hpp"

namespace {

using penstock::changelog::ChangeLog;
using penstock::changelog::Entry;

constexpr std::uint64_t ring_bytes = 1 << 20;
constexpr std::uint64_t capacity = ring_bytes / sizeof(Entry);
constexpr int rounds = 31;
constexpr double most_beside_L = 1.0;  // of `burst`

bool is_within_limit = true;

struct Counter {
  PENSTOCK_METRIC(std::uint64_t, records, "records seen", never_decreasing());
};

template <class Work>
double ns_each(std::uint64_t count, Work work) {
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint64_t i = 0; i < count; ++i) work(i);
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() /
         static_cast<double>(count);
}

void audited_assignment(benchmark::State& state) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::string pattern = (std::filesystem::temp_directory_path() / "penstock-benchmark-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return state.SkipWithError("no temporary directory");
  penstock::diagnostic::Diagnostics found;
  auto log = ChangeLog::open({.directory = pattern, .run = "benchmark", .ring_bytes = ring_bytes}, found);
  if (log == nullptr) return state.SkipWithError("the change log cannot be opened");
  penstock::execution::Hosts hosts(log.get(), {});
  penstock::plugin::ExportedType type;
  type.manifest.name = "counter";
  type.manifest.metrics = {{.name = "records", .never_decreasing = true}};
  const penstock_host& table = hosts.add("counter", type);
  penstock::execution::NodeHost::of(table).recorder()->own();
  penstock::Host host(table);
  Counter counter;
  penstock::metric_access::link(counter.records, host);
  std::vector<Entry> plain(capacity);

  std::vector<double> least;
  std::vector<double> audited;
  for (auto _ : state) {
    for (int round = 0; round < rounds; ++round) {
      least.push_back(ns_each(count, [&](std::uint64_t i) {
        Entry& slot = plain[i & (capacity - 1)];
        slot = {static_cast<std::int64_t>(__rdtsc()), 0, 0, i, i + 1};
        benchmark::DoNotOptimize(slot);
        benchmark::ClobberMemory();
      }));
      audited.push_back(ns_each(count, [&](std::uint64_t) {
        counter.records = counter.records + 1;
        benchmark::ClobberMemory();
      }));
      log->flush();
    }
  }
  state.counters["L_ns"] = median(least);
  state.counters["assignment_ns"] = median(audited);
  const double ratio = median(audited) / median(least);
  if (count == capacity && ratio > most_beside_L) is_within_limit = false;
  state.counters["ratio"] = ratio;
  state.counters["waits"] = static_cast<double>(log->close(found).waits);
  log.reset();
  std::filesystem::remove_all(pattern);
}

}  // namespace

BENCHMARK(audited_assignment)
    ->Name("audited_assignment/burst")
    ->Arg(capacity)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(audited_assignment)->Name("audited_assignment/cold")->Arg(200)->Iterations(1)->Unit(benchmark::kMillisecond);

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  if (!is_within_limit) std::fprintf(stderr, "audited_assignment/burst: the ratio is above %.1f\n", most_beside_L);
  return is_within_limit ? EXIT_SUCCESS : EXIT_FAILURE;
}
