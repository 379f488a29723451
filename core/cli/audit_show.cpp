#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "changelog/query.hpp"
#include "changelog/render.hpp"
#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"
#include "diagnostic/suggest.hpp"

namespace penstock::cli {
namespace {

std::string line_of(const changelog::Change& change, bool json) {
  if (!json) return changelog::column_line(change) + '\n';
  const std::string object = changelog::ndjson_line(change);
  return "{\"format\":" + std::to_string(json_format) + ',' + object.substr(1) + '\n';
}

/** The nodes and metrics that a log knows, as somebody may ask for them. */
struct Known {
  static constexpr std::size_t most = 1000;  ///< names of a kind, for a log that was made up of them

  std::set<std::string> nodes, metrics;

  void add(const changelog::Change& change) {
    if (!change.node.empty()) add(nodes, change.node.substr(0, change.node.find('[')));
    add(nodes, change.node);
    add(metrics, change.metric);
    add(metrics, change.label);
  }

 private:
  static void add(std::set<std::string>& names, const std::string& name) {
    if (!name.empty() && names.size() < most) names.insert(name);
  }
};

/** `: it has no node `filtr`; did you mean `filter`?` */
std::string unknown(std::string_view kind, const std::optional<std::string>& asked,
                    const std::set<std::string>& names) {
  if (!asked || asked->empty() || names.empty() || names.contains(*asked)) return {};
  const std::vector<std::string> known(names.begin(), names.end());
  return ": it has no " + std::string(kind) + " `" + *asked + "`; " + diagnostic::suggest(*asked, known);
}

/** Why nothing matched, where a name that was asked for does not occur; else nothing. */
std::string what_is_unknown(const AuditShowCommand& command) {
  if (!command.query.node && !command.query.metric) return {};
  Known known;
  Diagnostics unheard;
  const auto learn = [&](const changelog::Change& change) {
    known.add(change);
    return true;
  };
  (void)changelog::query(command.directory, {}, learn, unheard);
  std::string text = unknown("node", command.query.node, known.nodes);
  text += unknown("metric, parameter or event", command.query.metric, known.metrics);
  return diagnostic::printable(text);
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
  if (!command.json && result->matched == 0)
    terminal.say("no change on this log matches" + what_is_unknown(command) + '\n');
  if (!command.json && result->pending > 0)
    terminal.say(grouped(result->pending) + (result->pending == 1 ? " change is" : " changes are") +
                 " in rings and not yet in a segment\n");
  return status_of(found);
}

}  // namespace penstock::cli
