#include "changelog/verify.hpp"

#include <string>

#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace penstock::cli {
namespace {

using changelog::LogState;
using changelog::Verification;

std::string counted(std::uint64_t number, std::string_view what) {
  return grouped(number) + ' ' + std::string(what) + (number == 1 ? "" : "s");
}

bool is_unexpected(const Verification& result, const AuditVerifyCommand& command) {
  return command.expected_head && *command.expected_head != result.head;
}

/** One word for what holds of the log. A chain of good links that is not the expected one must not be called `ok`. */
std::string_view verdict(const Verification& result, const AuditVerifyCommand& command) {
  const bool is_damaged = result.state == LogState::damaged;
  return is_unexpected(result, command) && !is_damaged ? "unexpected" : changelog::name(result.state);
}

std::string text_of(const Verification& result, std::string_view verdict) {
  std::string out{verdict};
  if (result.state == LogState::not_closed && result.writer_alive) out += " (a run is writing it)";
  out += ": " + counted(result.changes, "change") + " in " + counted(result.blocks, "block") + " of " +
         counted(result.runs, "run");
  if (!result.head.empty()) out += ", head " + result.head;
  out += '\n';
  if (result.pending > 0) out += counted(result.pending, "change") + " in rings, not yet in a segment\n";
  return out;
}

std::string json_of(const Verification& result, std::string_view verdict, const Diagnostics& found) {
  return JsonObject()
      .number("format", json_format)
      .text("state", verdict)
      .truth("writer_alive", result.writer_alive)
      .number("runs", result.runs)
      .number("segments", result.segments)
      .number("blocks", result.blocks)
      .number("changes", result.changes)
      .number("pending", result.pending)
      .text_or_null("head", result.head)
      .raw("diagnostics", json_array(found, diagnostic::render_json))
      .str();
}

void compare_head(const Verification& result, const AuditVerifyCommand& command, Diagnostics& found) {
  if (!is_unexpected(result, command)) return;
  found.add({.code = diagnostic::Code::PS0611,
             .summary = "the head of the change log is not the expected one",
             .place = {.file = command.directory.string()},
             .comparisons = {{"head", *command.expected_head, result.head}},
             .notes = {"the log was cut or written anew, or it went on since that head was written down"}});
}

}  // namespace

Status execute(const AuditVerifyCommand& command, Terminal& terminal) {
  Diagnostics found;
  const auto result = changelog::verify(command.directory, found);
  if (result) compare_head(*result, command, found);
  if (!command.json) terminal.report(found);
  if (!result) {
    if (command.json) terminal.report(found);
    return Status::usage;
  }
  const std::string_view word = verdict(*result, command);
  terminal.out.write(command.json ? json_of(*result, word, found) + '\n' : text_of(*result, word));
  const bool holds = result->state == LogState::ok || (result->state == LogState::not_closed && result->writer_alive);
  return holds && !found.has_errors() ? Status::well : Status::failed;
}

}  // namespace penstock::cli
