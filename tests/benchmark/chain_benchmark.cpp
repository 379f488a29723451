// threshold_filter -> normalize -> rolling_average over readings in memory: the loaded plugins beside three loops written by
// hand and beside a map per record. README.md says what is compared and how to read it.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "column_loops.hpp"
#include "heap.hpp"
#include "plugin_chain.hpp"
#include "record_maps.hpp"
#include "rounds.hpp"

namespace penstock::bench {
namespace {

constexpr std::size_t rows = 10'000'000;
constexpr std::size_t map_rows = 1'000'000;  // as many as fit into memory; the result is per record

/** One way to do the work: what it took, and what came out. */
struct Result {
  Times times;
  Totals totals;
};
using Contestant = std::function<Result()>;

template <class Work>
Result timed(Work&& work) {
  Result result;
  const Stopwatch watch;
  result.totals = work();
  result.times = watch.elapsed();
  return result;
}

const std::vector<std::string> by_hand = {"fused_loop", "compacting_loops", "selecting_loop"};
const std::vector<std::string> by_plugins = {"plugins", "record_plugins", "plugins_audited", "run_audited"};
const std::vector<std::string> beside = has_vector_loops()
                                            ? std::vector<std::string>{"clocked_loops", "vector_loops", "record_maps"}
                                            : std::vector<std::string>{"clocked_loops", "record_maps"};

/** Keeps the times of every round, in nanoseconds a record. */
class Rounds final : public ::benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override {
    if (times_.empty()) PrintBasicContext(&std::cerr, context);
    return true;
  }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) times_[run.run_name.function_name].push_back(run.GetAdjustedRealTime());
  }

  /** False when a filter left some contestants out: there is nothing to compare. */
  [[nodiscard]] bool are_complete() const {
    return times_.size() == by_hand.size() + by_plugins.size() + beside.size();
  }
  [[nodiscard]] double typical(const std::string& name) const { return median(times_.at(name)); }
  [[nodiscard]] double best(const std::string& name) const { return std::ranges::min(times_.at(name)); }

  /** The median of what it took in each round beside the fastest loop by hand of the same round: a machine that is slower
   *  for some seconds is slower for both. */
  [[nodiscard]] double ratio(const std::string& name) const { return ratio(name, by_hand); }
  [[nodiscard]] double ratio(const std::string& name, const std::vector<std::string>& others) const {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < times_.at(name).size(); ++round) {
      double fastest = times_.at(others.front())[round];
      for (const std::string& other : others) fastest = std::min(fastest, times_.at(other)[round]);
      ratios.push_back(times_.at(name)[round] / fastest);
    }
    return median(ratios);
  }

 private:
  std::map<std::string, std::vector<double>> times_;
};

class Contest {
 public:
  /** Google Benchmark measures seconds per iteration; an iteration is a record here, so that times read as ns a record. */
  void add(const std::string& name, std::size_t records, Contestant contestant) {
    ::benchmark::RegisterBenchmark(name.c_str(),
                                   [this, name, contestant = std::move(contestant)](::benchmark::State& state) {
                                     while (state.KeepRunningBatch(state.max_iterations)) {
                                       const Result result = contestant();
                                       state.SetIterationTime(result.times.cpu_s);
                                       totals_[name] = result.totals;
                                     }
                                   })
        ->Iterations(static_cast<::benchmark::IterationCount>(records))
        ->UseManualTime()
        ->Unit(::benchmark::kNanosecond);
  }

  /** Whether each that ran and has `reference` for a peer came to the same result; says who did not. */
  [[nodiscard]] bool agree(const std::vector<std::string>& names, const Totals& reference) const {
    bool agreed = true;
    for (const std::string& name : names) {
      const auto found = totals_.find(name);
      if (found == totals_.end() || found->second.agrees_with(reference)) continue;
      const Totals& totals = found->second;
      std::fprintf(stderr,
                   "%s came to another result: %llu rows (%llu nulls), sums %.17g and %.17g; expected %llu (%llu), "
                   "%.17g and %.17g\n",
                   name.c_str(), static_cast<unsigned long long>(totals.rows),
                   static_cast<unsigned long long>(totals.nulls), totals.normalized, totals.rolling_avg,
                   static_cast<unsigned long long>(reference.rows), static_cast<unsigned long long>(reference.nulls),
                   reference.normalized, reference.rolling_avg);
      agreed = false;
    }
    return agreed;
  }

 private:
  std::map<std::string, Totals> totals_;
};

/** A ratio with the most that it may be. */
struct Verdict {
  const char* what;
  double ratio, most;

  [[nodiscard]] bool is_good() const { return ratio <= most; }
};

std::vector<Verdict> judge(const Rounds& rounds, double bytes_in_flight) {
  constexpr double bare_columns = 4 + 8 + 8 + 4 + 8 + 8;  // sensor_id timestamp value unit normalized rolling_avg
  return {{"plugins / fastest loop by hand", rounds.ratio("plugins"), 1.15},
          {"record_plugins / fastest loop by hand", rounds.ratio("record_plugins"), 1.3},
          {"clocked_loops / compacting_loops", rounds.ratio("clocked_loops", {"compacting_loops"}), 1.05},
          {"bytes in flight / bare columns", bytes_in_flight / bare_columns, 1.11}};
}

void print(const Rounds& rounds, const PluginChain& chain, double map_bytes, double bytes_in_flight) {
  std::printf("%-18s %10s %10s %10s\n", "ns a record", "median", "best", "ratio");
  for (const auto& names : {by_hand, by_plugins, beside})
    for (const std::string& name : names)
      std::printf("%-18s %10.2f %10.2f %10.2f\n", name.c_str(), rounds.typical(name), rounds.best(name),
                  rounds.ratio(name));
  std::printf("bytes a record: columns %.2f, in flight %.2f, record_maps %.0f\n", chain.bytes_per_record(),
              bytes_in_flight, map_bytes);
  for (const CodeOrigin& origin : chain.origins())
    std::printf("%s of %s: %s\n", origin.method.c_str(), origin.type.c_str(), origin.library.c_str());
}

int compare(int rounds_wanted) {
  const Readings readings(rows);
  KeptColumns kept(rows);
  const plugin::PluginPath plugins = {PENSTOCK_BENCHMARK_PLUGINS, PENSTOCK_BENCHMARK_NODES};
  const std::string pipelines = PENSTOCK_BENCHMARK_PIPELINES;
  const PluginChain chain(plugins, pipelines + "/chain.yaml", PENSTOCK_BENCHMARK_SCRATCH);
  const PluginChain record_chain(plugins, pipelines + "/record_chain.yaml", PENSTOCK_BENCHMARK_SCRATCH);
  double map_bytes = 0;

  Contest contest;
  const auto loop = [&](Totals (*work)(const ReadingsView&, KeptColumns&)) {
    return [&readings, &kept, work] { return timed([&] { return work(readings.all(), kept); }); };
  };
  contest.add("fused_loop", rows, loop(fused_loop));
  contest.add("compacting_loops", rows, loop(compacting_loops));
  contest.add("selecting_loop", rows, loop(selecting_loop));
  contest.add("clocked_loops", rows, loop(clocked_loops));
  if (has_vector_loops()) contest.add("vector_loops", rows, loop(vector_loops));
  const auto plugin_run = [&](const PluginChain& nodes,
                              ChainRun (PluginChain::*work)(const ReadingsView&, ChangeLogging) const,
                              ChangeLogging changes) {
    return [&readings, &nodes, work, changes] {
      const ChainRun run = (nodes.*work)(readings.all(), changes);
      return Result{run.times, run.totals};
    };
  };
  contest.add("plugins", rows, plugin_run(chain, &PluginChain::push, ChangeLogging::off));
  contest.add("record_plugins", rows, plugin_run(record_chain, &PluginChain::push, ChangeLogging::off));
  contest.add("plugins_audited", rows, plugin_run(chain, &PluginChain::push, ChangeLogging::on));
  contest.add("run_audited", rows, plugin_run(chain, &PluginChain::run, ChangeLogging::on));
  contest.add("record_maps", map_rows, [&] {
    const std::size_t before = heap_bytes();
    std::vector<Record> records = make_records(readings.first(map_rows));
    const Result result = timed([&] { return process_records(records); });
    map_bytes = static_cast<double>(heap_bytes() - before) / static_cast<double>(result.totals.rows);
    return result;
  });

  Rounds rounds;
  for (int round = 0; round < rounds_wanted; ++round) ::benchmark::RunSpecifiedBenchmarks(&rounds);

  const Totals expected = fused_loop(readings.all(), kept);
  bool agreed = contest.agree(by_hand, expected);
  agreed = contest.agree(by_plugins, expected) && agreed;
  agreed = contest.agree({"clocked_loops"}, expected) && agreed;
  if (has_vector_loops()) agreed = contest.agree({"vector_loops"}, expected) && agreed;
  agreed = contest.agree({"record_maps"}, fused_loop(readings.first(map_rows), kept)) && agreed;
  if (!agreed) return EXIT_FAILURE;
  if (!rounds.are_complete()) return EXIT_SUCCESS;  // a filter asked for some of them
  const double bytes_in_flight = chain.bytes_in_flight(readings);
  print(rounds, chain, map_bytes, bytes_in_flight);
  bool is_good = true;
  for (const Verdict& verdict : judge(rounds, bytes_in_flight)) {
    std::printf("%s: %.2f, at most %.2f%s\n", verdict.what, verdict.ratio, verdict.most,
                verdict.is_good() ? "" : " FAIL");
    is_good = is_good && verdict.is_good();
  }
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace penstock::bench

constexpr int default_rounds = 9;

int main(int argc, char** argv) {
  ::benchmark::Initialize(&argc, argv);
  const int rounds = argc == 2 ? std::atoi(argv[1]) : default_rounds;
  if (argc > 2 || rounds < 1) {
    std::fprintf(stderr, "usage: %s [ROUNDS]\n", argv[0]);
    return 2;
  }
  ::benchmark::AddCustomContext("flags", PENSTOCK_BENCHMARK_FLAGS);
  try {
    return penstock::bench::compare(rounds);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
}
