#pragma once

#include <gmock/gmock.h>
#include <penstock/abi.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "batch/bits.hpp"
#include "execution/hosts.hpp"
#include "execution/run.hpp"
#include "execution/stop.hpp"
#include "fixture/failing_memory.hpp"
#include "pipeline/plan.hpp"

namespace penstock::execution::test {

// Of one type, unlike the enumerators: what a lambda returns.
inline constexpr penstock_status ok = PENSTOCK_OK;
inline constexpr penstock_status ended = PENSTOCK_END;

/** A plugin written in a test: the methods of a type as functions of the test. A method that is not set is one that the
 *  type does not have. */
struct Actor {
  const penstock_host* host = nullptr;
  std::function<penstock_status(penstock_batch&)> stream, process, consume;
  std::function<penstock_status()> open, close, flush;
  std::function<penstock_status(std::int64_t)> tick;
  std::function<penstock_status(const char*)> acknowledge, seek;

  [[nodiscard]] plugin::MethodTable methods() const {
    plugin::MethodTable table;
    table.destroy = [](void*) {};
    const auto self = [](void* instance) -> Actor& { return *static_cast<Actor*>(instance); };
    static const auto of = self;
    if (stream) table.stream = [](void* me, penstock_batch* batch) { return of(me).stream(*batch); };
    if (process) table.process = [](void* me, penstock_batch* batch) { return of(me).process(*batch); };
    if (consume) table.consume = [](void* me, penstock_batch* batch) { return of(me).consume(*batch); };
    if (open) table.open = [](void* me) { return of(me).open(); };
    if (close) table.close = [](void* me) { return of(me).close(); };
    if (flush) table.flush = [](void* me) { return of(me).flush(); };
    if (tick) table.tick = [](void* me, std::int64_t now) { return of(me).tick(now); };
    if (acknowledge) table.acknowledge = [](void* me, const char* at) { return of(me).acknowledge(at); };
    if (seek) table.seek = [](void* me, const char* at) { return of(me).seek(at); };
    return table;
  }

  penstock_status fail(penstock_status status, const char* text, std::int64_t where = -1) const {
    return host->fail(host, status, where, text);
  }
  penstock_status reject(std::int64_t row, const char* reason, std::int32_t column = -1) const {
    const penstock_rejection rejection{sizeof rejection, column, row, reason, nullptr, nullptr, 0};
    return host->reject(host, &rejection);
  }
  penstock_status reject_raw(const char* place, std::string_view raw, const char* reason) const {
    const penstock_rejection rejection{sizeof rejection, -1, -1, reason, place, raw.data(), raw.size()};
    return host->reject(host, &rejection);
  }
};

inline double* doubles(penstock_batch& batch, std::size_t column) {
  return static_cast<double*>(batch.column[column].values);
}

/** A pipeline of actors, and what a run of it needs. */
class Rig {
 public:
  explicit Rig(changelog::ChangeLog* log = nullptr)
      : hosts(log, [this](std::int32_t, std::string_view, std::string_view text) { lines.emplace_back(text); }) {}

  Actor& source(std::string name, batch::Schema out) {
    return add(std::move(name), plugin::Interface::source, plugin::Rows::same, {}, std::move(out));
  }
  /** `reads`: columns of what comes, `writes` too; `adds` behind them. */
  Actor& stage(std::string name, plugin::Rows rows, const std::vector<std::string>& reads, batch::Schema adds = {},
               const std::vector<std::string>& writes = {}) {
    const batch::Schema in = plan.nodes.empty() ? batch::Schema{} : plan.nodes.back().out;
    batch::Schema out = rows == plugin::Rows::any ? batch::Schema{} : in;
    out.insert(out.end(), adds.begin(), adds.end());
    Actor& made = add(std::move(name), plugin::Interface::stage, rows, in, out);
    auto& bindings = plan.nodes.back().bindings;
    for (const std::string& column : reads) bindings.push_back({*batch::find(in, column), plugin::Access::read, false});
    for (const std::string& column : writes)
      bindings.push_back({*batch::find(in, column), plugin::Access::write, false});
    for (std::size_t i = out.size() - adds.size(); i < out.size(); ++i)
      bindings.push_back({i, plugin::Access::add, false});
    return made;
  }
  /** A sink that notes how many allocations there were before each of its batches. */
  const std::vector<std::size_t>& counting_sink() {
    asked.reserve(1000);
    sink("sink").consume = [this](penstock_batch&) {
      asked.push_back(fixture::FailingMemory::asked);
      return ok;
    };
    return asked;
  }

  Actor& sink(std::string name) {
    const batch::Schema in = plan.nodes.back().out;
    Actor& made = add(std::move(name), plugin::Interface::sink, plugin::Rows::same, in, {});
    for (std::size_t i = 0; i < in.size(); ++i) plan.nodes.back().bindings.push_back({i, plugin::Access::read, false});
    return made;
  }

  /** A source of the numbers from 0, in batches of at most `most` rows. */
  Actor& numbers(std::int64_t count, std::int64_t most = 10) {
    Actor& made = source("numbers", {{"value", batch::Type::f64, false}});
    made.stream = [count, most, next = std::int64_t{0}](penstock_batch& batch) mutable {
      batch.rows = std::min({count - next, most, batch.capacity});
      for (std::int64_t row = 0; row < batch.rows; ++row) doubles(batch, 0)[row] = static_cast<double>(next++);
      return next == count ? ended : ok;
    };
    return made;
  }
  /** A sink that keeps the first column, and what was flushed of it. */
  Actor& collector() {
    Actor& made = sink("collector");
    made.consume = [this](penstock_batch& batch) {
      collected.insert(collected.end(), doubles(batch, 0), doubles(batch, 0) + batch.rows);
      return ok;
    };
    made.flush = [this] {
      flushed = collected.size();
      return ok;
    };
    return made;
  }

  pipeline::NodePlan& node(std::string_view name) {
    return *std::ranges::find(plan.nodes, name, &pipeline::NodePlan::name);
  }
  void finish() {  // the methods are taken when all of them are set
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) plan.nodes[i].type.methods = actors[i].methods();
  }
  Summary run(RunOptions options = {}) {
    finish();
    return execution::run(plan, hosts, options, stop, found);
  }

  std::vector<std::string> lines;
  Hosts hosts;
  Stop stop;
  Diagnostics found;
  std::deque<Actor> actors;
  std::deque<plugin::ExportedType> types;
  pipeline::Plan plan{"test", "test.yaml", {}};
  std::vector<std::size_t> asked;  // by counting_sink()
  std::vector<double> collected;
  std::size_t flushed = 0;

 private:
  Actor& add(std::string name, plugin::Interface interface, plugin::Rows rows, batch::Schema in, batch::Schema out) {
    plugin::ExportedType& type = types.emplace_back();
    type.manifest.name = name + "_type";
    type.manifest.interface = interface;
    type.manifest.rows = rows;
    type.library = "lib" + name + ".so";
    Actor& actor = actors.emplace_back();
    actor.host = &hosts.add(name, type);
    plugin::LoadedType loaded{&type, {}};
    loaded.methods.destroy = [](void*) {};
    std::vector<pipeline::Binding> bindings;
    if (interface == plugin::Interface::source)
      for (std::size_t i = 0; i < out.size(); ++i) bindings.push_back({i, plugin::Access::add, false});
    pipeline::Instance instance(&actor, loaded);
    plan.nodes.push_back({.name = std::move(name),
                          .type = loaded,
                          .instance = std::move(instance),
                          .host = actor.host,
                          .place = {"test.yaml", static_cast<std::uint32_t>(plan.nodes.size() + 1), 1},
                          .bindings = std::move(bindings),
                          .in = std::move(in),
                          .out = std::move(out)});
    return actor;
  }
};

inline std::vector<double> up_to(std::size_t n) {
  std::vector<double> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0.0);
  return numbers;
}

/** Every row is somewhere, and every node's own account closes. */
inline void expect_closed(const Summary& summary) {
  EXPECT_EQ(summary.read + summary.emitted,
            summary.delivered + summary.filtered + summary.rejected + summary.absorbed + summary.unacknowledged);
  for (const NodeTotals& node : summary.nodes) {
    EXPECT_EQ(node.in, node.passed + node.filtered + node.rejected + node.absorbed) << node.node;
    EXPECT_EQ(node.out, node.passed + node.emitted) << node.node;
  }
}

}  // namespace penstock::execution::test
