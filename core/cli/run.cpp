#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <string>

#include "changelog/live_log.hpp"
#include "cli/audited_hosts.hpp"
#include "cli/command.hpp"
#include "cli/crash_report.hpp"
#include "cli/fail_on_exit.hpp"
#include "cli/late_log.hpp"
#include "cli/processors.hpp"
#include "cli/progress.hpp"
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

/** What people see while a run goes on. */
class LiveLines {
 public:
  LiveLines(const RunCommand& command, const Terminal& terminal)
      : shows_progress_(command.progress && terminal.is_terminal() && command.log_format == log::Format::text),
        is_silent_(is_silent(command)),
        log_(std::cerr, log_options(command, terminal)) {
    if (!is_silent(command) && command.progress)
      changes_.emplace([this](std::string_view line) { log_.get().audit(line); });
  }

  [[nodiscard]] execution::LogLine for_plugins() { return is_silent_ ? execution::LogLine() : log_.line(); }

  /** From here on plugins may speak. Before, while libraries are tried in children, this process has one thread. */
  void start() {
    if (!is_silent_) log_.start();
  }

  [[nodiscard]] std::function<void(std::span<const changelog::Change>)> for_changes() {
    if (!changes_) return {};
    return [this](std::span<const changelog::Change> changes) { changes_->add(changes); };
  }

  /** A line on the terminal that says how far the run is, until what comes back is gone. None where rows may stand on that
   *  terminal too. */
  [[nodiscard]] std::unique_ptr<Progress> show_progress(const pipeline::Plan& plan,
                                                        const std::atomic<std::uint64_t>& rows) {
    const bool rows_come_here = isatty(STDOUT_FILENO) != 0 && !plan.nodes.back().names_file;
    if (is_silent_ || !shows_progress_ || rows_come_here) return nullptr;
    return std::make_unique<Progress>(rows, [this](std::string_view line) { log_.get().show_below(line); });
  }

  /** Says what is left; the change log must be closed. */
  void finish() {
    if (changes_) changes_->finish();
    flush();
  }

  void flush() { log_.flush(); }

 private:
  bool shows_progress_;
  bool is_silent_;
  LateLog log_;
  std::optional<changelog::LiveLog> changes_;
};

std::optional<changelog::Options> change_log_options(const RunCommand& command, const RunReport& report,
                                                     LiveLines& live) {
  if (!command.keep_changes) return std::nullopt;
  return changelog::Options{.directory = report.change_log, .run = report.pipeline, .on_changes = live.for_changes()};
}

/** Makes the plan and runs it; on return every instance is gone. What was found before the run starts is said then. */
void compile_and_run(const RunCommand& command, const plugin::Catalog& catalog, AuditedHosts& audited, LiveLines& live,
                     Terminal& terminal, std::uint32_t threads, execution::Stop& stop, RunReport& report) {
  const auto load = [&live](std::span<const plugin::ExportedType* const> types, Diagnostics& found) {
    auto loaded = plugin::load_all(types, found);
    reserve_standard_descriptors();  // a constructor that closed one would have the change log in its place
    live.start();
    return loaded;
  };
  auto plan = pipeline::compile({.file = command.pipeline,
                                 .sets = command.sets,
                                 .sink = command.sink,
                                 .change_log = report.change_log,
                                 .threads = threads,
                                 .environment = plugin::process_environment()},
                                catalog, audited, report.found, load);
  execution::Hosts* hosts = plan ? audited.ready(report.found) : nullptr;
  if (!is_silent(command)) {
    live.flush();
    terminal.report(report.found);
  }
  if (hosts == nullptr) return;
  Diagnostics failures;
  std::atomic<std::uint64_t> rows_read = 0;
  auto progress = live.show_progress(*plan, rows_read);
  report.summary = execution::run(
      *plan, *hosts,
      {.limit = command.limit, .drain_timeout = command.drain_timeout, .threads = threads, .rows_read = &rows_read},
      stop, failures);
  progress.reset();
  if (!is_silent(command)) {
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
  terminal.set_format(command.log_format);
  RunReport report;
  report.pipeline = pipeline::pipeline_name(command.pipeline, plugin::process_environment());
  if (command.keep_changes) report.change_log = command.change_log.value_or(default_change_log(report.pipeline));
  const plugin::Catalog catalog = plugin::admit(plugin::plugin_path(command.plugins, report.found), report.found);
  LiveLines live(command, terminal);
  const std::uint32_t threads = command.threads > 0 ? command.threads : processors();
  AuditedHosts audited(change_log_options(command, report, live), live.for_plugins(), threads);
  const FailOnExit fail_on_exit(format_of_last_words(command), true);
  const CrashReport crash_report(format_of_last_words(command), command.keep_changes);
  // To the end: a signal while instances go and the log is closed must not leave it open.
  execution::Stop stop;
  const StopOnSignals signals(stop, command.log_format);
  compile_and_run(command, catalog, audited, live, terminal, threads, stop, report);

  Diagnostics closing;
  report.changes = audited.close(closing);
  live.finish();
  report.found.add(closing);
  report.status = ending(report);
  if (!is_silent(command)) terminal.report(closing);
  if (command.json || command.log_format == log::Format::json)
    terminal.say(report_json(report));
  else if (report.summary)
    terminal.say(report_text(report));
  return report.status;
}

}  // namespace penstock::cli
