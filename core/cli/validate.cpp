#include <string>

#include "cli/command.hpp"
#include "cli/crash_report.hpp"
#include "cli/json.hpp"
#include "execution/hosts.hpp"
#include "pipeline/compile.hpp"
#include "plugin/gate.hpp"

namespace penstock::cli {
namespace {

/** `plant-temperatures: csv_reader → filter → console` */
std::string chain_text(const pipeline::Plan& plan) {
  std::string out;
  for (const pipeline::NodePlan& node : plan.nodes) out += (out.empty() ? ": " : " → ") + node.name;
  return diagnostic::printable(plan.name + out);
}

std::string json_node(const pipeline::NodePlan& node) {
  return JsonObject()
      .text("node", node.name)
      .text("type", node.type.type->manifest.name)
      .text("library", node.type.type->library.string())
      .str();
}

std::string json_of(const std::optional<pipeline::Plan>& plan, const ValidateCommand& command,
                    const Diagnostics& found) {
  return JsonObject()
      .number("format", json_format)
      .text("pipeline", plan ? plan->name : pipeline::pipeline_name(command.pipeline))
      .truth("valid", plan.has_value())
      .raw("nodes", plan ? json_array(plan->nodes, json_node) : "[]")
      .raw("diagnostics", json_array(found, diagnostic::render_json))
      .str();
}

}  // namespace

Status execute(const ValidateCommand& command, Terminal& terminal) {
  Diagnostics found;
  const plugin::Catalog catalog = plugin::admit(plugin::plugin_path(command.plugins, found), found);
  execution::Hosts hosts(nullptr, {});
  const CrashReport crash_report(false);
  const auto plan =
      pipeline::compile({.file = command.pipeline, .sets = command.sets, .sink = command.sink}, catalog, hosts, found);
  if (command.json) {
    terminal.out.write(json_of(plan, command, found) + '\n');
  } else {
    terminal.report(found);
    if (plan) terminal.out.write("ok: " + chain_text(*plan) + '\n');
  }
  return status_of(found);
}

}  // namespace penstock::cli
