#include <string>

#include "changelog/query.hpp"
#include "changelog/render.hpp"
#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"

namespace penstock::cli {
namespace {

std::string line_of(const changelog::Change& change, bool json) {
  if (!json) return changelog::column_line(change) + '\n';
  const std::string object = changelog::ndjson_line(change);
  return "{\"format\":" + std::to_string(json_format) + ',' + object.substr(1) + '\n';
}

}  // namespace

Status execute(const AuditShowCommand& command, Terminal& terminal) {
  Diagnostics found;
  bool heading = !command.json;
  const auto print = [&](const changelog::Change& change) {
    if (heading) terminal.out.write(changelog::column_heading() + '\n');
    heading = false;
    terminal.out.write(line_of(change, command.json));
    return !terminal.out.reader_gone();
  };
  const auto result = changelog::query(command.directory, command.query, print, found);
  terminal.report(found);
  if (!result) return Status::usage;
  if (!command.json && result->matched == 0) terminal.say("no change on this log matches\n");
  if (!command.json && result->pending > 0)
    terminal.say(grouped(result->pending) + (result->pending == 1 ? " change is" : " changes are") +
                 " in rings and not yet in a segment\n");
  return status_of(found);
}

}  // namespace penstock::cli
