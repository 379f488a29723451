#include <iostream>
#include <string>

#include "cli/command.hpp"
#include "cli/crash_report.hpp"
#include "cli/fail_on_exit.hpp"
#include "cli/graph.hpp"
#include "cli/json.hpp"
#include "cli/late_log.hpp"
#include "cli/processors.hpp"
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
      .text("pipeline", plan ? plan->name : pipeline::pipeline_name(command.pipeline, plugin::process_environment()))
      .truth("valid", plan.has_value())
      .raw("nodes", plan ? json_array(plan->nodes, json_node) : "[]")
      .raw("graph", plan && command.graph ? diagnostic::json_string(graph_text(*plan, *command.graph)) : "null")
      .raw("diagnostics", json_array(found, diagnostic::render_json))
      .str();
}

}  // namespace

Status execute(const ValidateCommand& command, Terminal& terminal) {
  terminal.set_format(command.log_format);
  Diagnostics found;
  const plugin::Catalog catalog = plugin::admit(plugin::plugin_path(command.plugins, found), found);
  const FailOnExit fail_on_exit(format_of_last_words(command), false);
  const CrashReport crash_report(format_of_last_words(command), false);
  LateLog log(std::cerr, log_options(command, terminal));
  const std::uint32_t threads = processors();
  execution::Hosts hosts(nullptr, is_silent(command) ? execution::LogLine() : log.line(), threads);
  const auto load = [&](std::span<const plugin::ExportedType* const> types, Diagnostics& failures) {
    auto loaded = plugin::load_all(types, failures);
    if (!is_silent(command)) log.start();
    return loaded;
  };
  const auto plan = pipeline::compile({.file = command.pipeline,
                                       .sets = command.sets,
                                       .sink = command.sink,
                                       .threads = threads,
                                       .environment = plugin::process_environment()},
                                      catalog, hosts, found, load);
  log.flush();
  if (!is_silent(command)) terminal.report(found);
  if (command.json)
    terminal.out.write(json_of(plan, command, found) + '\n');
  else if (plan)
    terminal.out.write(command.graph ? graph_text(*plan, *command.graph) : "ok: " + chain_text(*plan) + '\n');
  return status_of(found);
}

}  // namespace penstock::cli
