#include "plugin_chain.hpp"

#include <dlfcn.h>

#include <memory>
#include <stdexcept>

#include "batch/batch.hpp"
#include "changelog/change_log.hpp"
#include "column_loops.hpp"
#include "diagnostic/render.hpp"
#include "execution/chain.hpp"
#include "execution/hosts.hpp"
#include "execution/run.hpp"
#include "pipeline/compile.hpp"
#include "plugin/gate.hpp"

namespace penstock::bench {
namespace {

namespace fs = std::filesystem;
using diagnostic::Diagnostics;

void expect_none(const Diagnostics& found) {
  std::string text;
  for (const auto& diagnostic : found) text += render_text(diagnostic);
  if (!text.empty()) throw std::runtime_error(text);
}

// The host reads these columns and never writes them: they are nobody's but the lender's.
template <class T>
batch::Column lent(const T* values) {
  return {.values = const_cast<T*>(values)};
}

}  // namespace

/** One plan with what it needs around it, made before the clock starts, for one run. */
class PluginChain::Session {
 public:
  Session(const PluginChain& chain, const ReadingsView& readings, ChangeLogging changes)
      : exchange_{readings, {}}, directory_(chain.scratch_ / "changes") {
    fs::remove_all(directory_);
    if (changes == ChangeLogging::on) {
      log_ = changelog::ChangeLog::open({.directory = directory_, .run = "benchmark"}, found_);
      expect_none(found_);
    }
    hosts_ = std::make_unique<execution::Hosts>(log_.get(), execution::LogLine{});
    const std::string address = std::to_string(reinterpret_cast<std::uintptr_t>(&exchange_));
    std::vector<std::string> sets = {"memory_source.exchange=" + address};
    if (chain.sink_ == "summing_sink") sets.push_back("summing_sink.exchange=" + address);
    plan_ = pipeline::compile({.file = chain.pipeline_, .sets = sets}, chain.catalog_, *hosts_, found_);
    expect_none(found_);
  }
  ~Session() {
    plan_.reset();
    hosts_.reset();
    log_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] pipeline::Plan& plan() { return *plan_; }
  [[nodiscard]] Exchange& exchange() { return exchange_; }

  /** `work` does it and says how long it took. */
  template <class Work>
  ChainRun measure(Work&& work) {
    ChainRun result;
    result.times = work(*plan_, *hosts_, found_);
    result.totals = exchange_.totals;
    plan_.reset();
    hosts_.reset();
    if (log_ != nullptr) result.changes = log_->close(found_).changes;
    expect_none(found_);
    return result;
  }

 private:
  Exchange exchange_;
  fs::path directory_;
  Diagnostics found_;
  std::unique_ptr<changelog::ChangeLog> log_;
  std::unique_ptr<execution::Hosts> hosts_;
  std::optional<pipeline::Plan> plan_;
};

PluginChain::PluginChain(const plugin::PluginPath& plugins, fs::path pipeline, fs::path scratch, std::string sink)
    : pipeline_(std::move(pipeline)), scratch_(std::move(scratch)), sink_(std::move(sink)) {
  Diagnostics found;
  catalog_ = plugin::admit(plugins, found);
  for (const plugin::RefusedType& refused : catalog_.refused()) found.add(refused.reasons);
  expect_none(found);
}

ChainRun PluginChain::push(const ReadingsView& readings, ChangeLogging changes) const {
  Session session(*this, readings, changes);
  return session.measure([&](pipeline::Plan& plan, execution::Hosts& hosts, Diagnostics& found) {
    execution::Stop stop;
    const execution::RunOptions options;
    execution::Context context{hosts, options, stop, found};
    execution::Chain chain(plan, context);
    if (!chain.open()) return Times{};
    batch::Batch whole{
        .schema = &plan.nodes.front().out,
        .columns = {lent(readings.sensor_id), lent(readings.timestamp), lent(readings.value), lent(readings.unit)},
        .rows = static_cast<std::int64_t>(readings.rows)};
    // Opening is not part of it: with a change log it makes the file of a ring, which takes a few milliseconds.
    const Stopwatch watch;
    chain.push(1, whole);
    chain.drain();
    const Times times = watch.elapsed();
    chain.close();
    return times;
  });
}

ChainRun PluginChain::run(const ReadingsView& readings, ChangeLogging changes) const {
  Session session(*this, readings, changes);
  return session.measure([](pipeline::Plan& plan, execution::Hosts& hosts, Diagnostics& found) {
    execution::Stop stop;
    const Stopwatch watch;
    (void)execution::run(plan, hosts, {}, stop, found);
    return watch.elapsed();
  });
}

std::vector<CodeOrigin> PluginChain::origins() const {
  Session session(*this, {}, ChangeLogging::off);
  std::vector<CodeOrigin> origins;
  for (const pipeline::NodePlan& node : session.plan().nodes) {
    const auto method = [&](const char* name, auto* code) {
      Dl_info info{};
      if (code != nullptr && dladdr(reinterpret_cast<const void*>(code), &info) != 0)
        origins.push_back({node.type.type->manifest.name, name, info.dli_fname});
    };
    method("stream", node.type.methods.stream);
    method("process", node.type.methods.process);
    method("consume", node.type.methods.consume);
  }
  return origins;
}

double PluginChain::bytes_per_record() const {
  Session session(*this, {}, ChangeLogging::off);
  std::size_t bytes = 0;
  for (const batch::Field& field : session.plan().nodes.back().in) {
    bytes += batch::value_bytes(field.type, batch_rows);
    if (field.nullable) bytes += batch::value_bytes(batch::Type::boolean, batch_rows);
  }
  return static_cast<double>(bytes) / static_cast<double>(batch_rows);
}

double PluginChain::bytes_in_flight(const Readings& all) const {
  constexpr std::int64_t few = 1 << 16, many = 1 << 17;
  const ReadingsView readings =
      all.first(8 * many);  // full batches only: a last one that is smaller has buffers of its own
  const auto most_bytes = [&](std::int64_t batch_rows_wanted) {
    Session session(*this, readings, ChangeLogging::off);
    session.exchange().watches_heap = true;
    (void)session.measure([&](pipeline::Plan& plan, execution::Hosts& hosts, Diagnostics& found) {
      execution::Stop stop;
      (void)execution::run(plan, hosts, {.batch_rows = batch_rows_wanted}, stop, found);
      return Times{};
    });
    return static_cast<double>(session.exchange().most_heap_bytes);
  };
  return (most_bytes(many) - most_bytes(few)) / static_cast<double>(many - few);
}

}  // namespace penstock::bench
