#include <sched.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

#include "changelog/live_log.hpp"
#include "cli/audited_hosts.hpp"
#include "cli/command.hpp"
#include "cli/crash_report.hpp"
#include "cli/fail_on_exit.hpp"
#include "cli/report.hpp"
#include "cli/signals.hpp"
#include "execution/run.hpp"
#include "log/host_log.hpp"
#include "pipeline/compile.hpp"
#include "plugin/gate.hpp"

namespace penstock::cli {
namespace {

constexpr std::size_t longest_name = 100;  ///< of a pipeline, in the name of a directory

/** `./<pipeline>.changes`, with `_` for what could leave this directory or trouble a shell. */
std::filesystem::path default_change_log(const std::string& pipeline) {
  std::string name;
  for (const char c : pipeline.substr(0, longest_name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                       ((c == '.' || c == '-') && !name.empty());
    name += plain ? c : '_';
  }
  return name + ".changes";
}

/** How many processors this process may use, which is less than there are in a container or under `taskset`. */
std::uint32_t processors() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
  return static_cast<std::uint32_t>(std::max(1, CPU_COUNT(&allowed)));
}

/** What people see while a run goes on. With `--json` nothing: standard error is for one object. */
class LiveLines {
 public:
  LiveLines(const RunCommand& command, const Terminal& terminal) {
    if (command.json) return;
    log_ = std::make_unique<log::HostLog>(std::cerr,
                                          log::LogOptions{.colour = terminal.colour() == diagnostic::Colour::on});
    if (command.progress) changes_.emplace([this](std::string_view line) { log_->audit(line); });
  }

  [[nodiscard]] execution::LogLine for_plugins() {
    if (!log_) return {};
    return [this](std::int32_t level, std::string_view node, std::string_view text) {
      log_->write(static_cast<log::Level>(std::clamp(level, 0, 3)), node, text);
    };
  }

  [[nodiscard]] std::function<void(std::span<const changelog::Change>)> for_changes() {
    if (!changes_) return {};
    return [this](std::span<const changelog::Change> changes) { changes_->add(changes); };
  }

  /** Says what is left; the change log must be closed. */
  void finish() {
    if (changes_) changes_->finish();
    flush();
  }

  void flush() {
    if (log_) log_->flush();
  }

 private:
  std::unique_ptr<log::HostLog> log_;
  std::optional<changelog::LiveLog> changes_;
};

std::optional<changelog::Options> change_log_options(const RunCommand& command, const RunReport& report,
                                                     LiveLines& live) {
  if (!command.keep_changes) return std::nullopt;
  return changelog::Options{.directory = report.change_log, .run = report.pipeline, .on_changes = live.for_changes()};
}

/** Makes the plan and runs it; on return every instance is gone. What was found before the run starts is said then. */
void compile_and_run(const RunCommand& command, const plugin::Catalog& catalog, AuditedHosts& audited, LiveLines& live,
                     const Terminal& terminal, std::uint32_t threads, execution::Stop& stop, RunReport& report) {
  const auto load = [](std::span<const plugin::ExportedType* const> types, Diagnostics& found) {
    auto loaded = plugin::load_all(types, found);
    reserve_standard_descriptors();  // a constructor that closed one would have the change log in its place
    return loaded;
  };
  auto plan = pipeline::compile({.file = command.pipeline,
                                 .sets = command.sets,
                                 .sink = command.sink,
                                 .change_log = report.change_log,
                                 .threads = threads},
                                catalog, audited, report.found, load);
  execution::Hosts* hosts = plan ? audited.ready(report.found) : nullptr;
  if (!command.json) {
    live.flush();
    terminal.report(report.found);
  }
  if (hosts == nullptr) return;
  Diagnostics failures;
  report.summary = execution::run(*plan, *hosts,
                                  {.limit = command.limit, .drain_timeout = command.drain_timeout, .threads = threads},
                                  stop, failures);
  if (!command.json) {
    live.flush();
    terminal.report(failures);
  }
  report.found.add(failures);
}

/** A sink that wants no more (`| head`) ends a run that is finished, whatever is unacknowledged by then. */
Status ending(const RunReport& report) {
  if (const Status status = status_of(report.found); status != Status::well) return status;
  if (!report.summary || report.summary->outcome == execution::Outcome::failed) return Status::failed;
  const bool cut_short = report.summary->outcome == execution::Outcome::stopped && report.summary->unacknowledged > 0;
  return cut_short ? Status::failed : Status::well;
}

}  // namespace

Status execute(const RunCommand& command, Terminal& terminal) {
  RunReport report;
  report.pipeline = pipeline::pipeline_name(command.pipeline);
  if (command.keep_changes) report.change_log = command.change_log.value_or(default_change_log(report.pipeline));
  const plugin::Catalog catalog = plugin::admit(plugin::plugin_path(command.plugins, report.found), report.found);
  LiveLines live(command, terminal);
  const std::uint32_t threads = command.threads > 0 ? command.threads : processors();
  AuditedHosts audited(change_log_options(command, report, live), live.for_plugins(), threads);
  const FailOnExit fail_on_exit;
  const CrashReport crash_report(command.keep_changes);
  // To the end: a signal while instances go and the log is closed must not leave it open.
  execution::Stop stop;
  const StopOnSignals signals(stop);
  compile_and_run(command, catalog, audited, live, terminal, threads, stop, report);

  Diagnostics closing;
  report.changes = audited.close(closing);
  live.finish();
  report.found.add(closing);
  report.status = ending(report);
  if (command.json) {
    terminal.say(report_json(report));
  } else {
    terminal.report(closing);
    if (report.summary) terminal.say(report_text(report));
  }
  return report.status;
}

}  // namespace penstock::cli
