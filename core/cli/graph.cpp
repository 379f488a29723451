#include "cli/graph.hpp"

#include <string_view>
#include <vector>

#include "batch/schema.hpp"
#include "diagnostic/render.hpp"

namespace penstock::cli {
namespace {

using diagnostic::printable;
using pipeline::NodePlan;
using Lines = std::vector<std::string>;

/** Name, type and renamed columns of a node. */
Lines label_of(const NodePlan& node) {
  const plugin::Manifest& manifest = node.type.type->manifest;
  const std::string interface { plugin::name(manifest.interface) };
  Lines lines = {node.name, node.name == manifest.name ? interface : interface + ' ' + manifest.name};
  for (const pipeline::Rename& rename : node.renames)
    lines.push_back(rename.plugin_name + " is " + rename.pipeline_name);
  return lines;
}

/** The columns behind a node, each with its type. */
Lines label_of(const batch::Schema& schema) {
  Lines lines;
  for (const batch::Field& field : schema)
    lines.push_back(field.name + ' ' + std::string(batch::name(field.type)) + (field.nullable ? ", nullable" : ""));
  return lines;
}

std::string label_of(const pipeline::Plan& plan, const pipeline::Partitions& partitions) {
  return std::to_string(partitions.count()) + " partitions by " + plan.nodes[partitions.first].in[partitions.by].name;
}

std::string id(std::size_t node) { return 'n' + std::to_string(node); }

// ---- dot ----

/** A quoted string of dot. `end` ends each line but one that stands alone: `\n` centred, `\l` to the left. */
std::string dot_text(const Lines& lines, std::string_view end) {
  std::string text = "\"";
  for (std::size_t line = 0; line < lines.size(); ++line) {
    for (const char c : printable(lines[line])) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    if (end == "\\l" || line + 1 < lines.size()) text += end;
  }
  return text + '"';
}

std::string dot(const pipeline::Plan& plan) {
  std::string out = "digraph " + dot_text({plan.name}, "\\n") + " {\n  node [shape=box];\n";
  for (std::size_t node = 0; node < plan.nodes.size(); ++node)
    out += "  " + id(node) + " [label=" + dot_text(label_of(plan.nodes[node]), "\\n") + "];\n";
  if (const auto& partitions = plan.partitions) {
    out += "  subgraph cluster_partitions {\n    label=" + dot_text({label_of(plan, *partitions)}, "\\n") + ";\n";
    for (std::size_t node = partitions->first; node < partitions->end; ++node) out += "    " + id(node) + ";\n";
    out += "  }\n";
  }
  for (std::size_t node = 0; node + 1 < plan.nodes.size(); ++node)
    out +=
        "  " + id(node) + " -> " + id(node + 1) + " [label=" + dot_text(label_of(plan.nodes[node].out), "\\l") + "];\n";
  return out + "}\n";
}

// ---- Mermaid ----

/** A quoted text of Mermaid, which knows no escapes but the numbers of characters. */
std::string mermaid_text(const Lines& lines) {
  constexpr std::string_view special = "\"#<>&`\\";
  std::string text = "\"";
  for (std::size_t line = 0; line < lines.size(); ++line) {
    for (const char c : printable(lines[line])) {
      if (special.find(c) == std::string_view::npos)
        text += c;
      else
        text += '#' + std::to_string(static_cast<int>(c)) + ';';
    }
    if (line + 1 < lines.size()) text += "<br/>";
  }
  return text + '"';
}

std::string mermaid(const pipeline::Plan& plan) {
  std::string out = "flowchart TD\n";
  for (std::size_t node = 0; node < plan.nodes.size(); ++node)
    out += "  " + id(node) + '[' + mermaid_text(label_of(plan.nodes[node])) + "]\n";
  if (const auto& partitions = plan.partitions) {
    out += "  subgraph partitions [" + mermaid_text({label_of(plan, *partitions)}) + "]\n";
    for (std::size_t node = partitions->first; node < partitions->end; ++node) out += "    " + id(node) + '\n';
    out += "  end\n";
  }
  for (std::size_t node = 0; node + 1 < plan.nodes.size(); ++node) {
    const Lines columns = label_of(plan.nodes[node].out);
    out += "  " + id(node) + " -->" + (columns.empty() ? "" : '|' + mermaid_text(columns) + '|') + ' ' + id(node + 1) +
           '\n';
  }
  return out;
}

}  // namespace

std::string graph_text(const pipeline::Plan& plan, GraphFormat format) {
  return format == GraphFormat::dot ? dot(plan) : mermaid(plan);
}

}  // namespace penstock::cli
