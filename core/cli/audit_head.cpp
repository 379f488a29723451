#include <string>

#include "changelog/query.hpp"
#include "changelog/verify.hpp"
#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace penstock::cli {
namespace {

using changelog::LogState;
using changelog::Verification;

/** `plant#3`, the name and number of the run that wrote last; empty: none did. What is wrong with the log is said already. */
std::string last_run(const std::filesystem::path& directory) {
  std::string run;
  const auto remember = [&](const changelog::Change& change) {
    if (change.sequence > 0) run = change.run + '#' + std::to_string(change.run_number);
    return true;
  };
  Diagnostics unheard;
  (void)changelog::query(directory, {.kind = changelog::Kind::lifecycle}, remember, unheard);
  return run;
}

std::string_view word(const Verification& result) {
  return result.state == LogState::ok ? "closed" : changelog::name(result.state);
}

std::string text_of(const Verification& result, const std::string& run) {
  const bool is_written = result.state == LogState::not_closed && result.writer_alive;
  Table table({Align::left, Align::left});
  table.add({"head", result.head.empty() ? "-" : result.head});
  table.add({"changes", grouped(result.changes)});
  table.add({"last run", run.empty() ? "-" : diagnostic::printable(run)});
  table.add({"state", std::string(word(result)) + (is_written ? " (a run is writing it)" : "")});
  return table.text();
}

std::string json_of(const Verification& result, const std::string& run, const Diagnostics& found) {
  return JsonObject()
      .number("format", json_format)
      .text_or_null("head", result.head)
      .number("changes", result.changes)
      .text_or_null("last_run", run)
      .text("state", word(result))
      .truth("writer_alive", result.writer_alive)
      .raw("diagnostics", json_array(found, diagnostic::render_json))
      .str();
}

}  // namespace

Status execute(const AuditHeadCommand& command, Terminal& terminal) {
  Diagnostics found;
  const auto result = changelog::verify(command.directory, found);
  if (!command.json || !result) terminal.report(found);
  if (!result) return Status::usage;
  const std::string run = last_run(command.directory);
  terminal.out.write(command.json ? json_of(*result, run, found) + '\n' : text_of(*result, run));
  const bool holds = result->state == LogState::ok || (result->state == LogState::not_closed && result->writer_alive);
  return holds && !found.has_errors() ? Status::well : Status::failed;
}

}  // namespace penstock::cli
