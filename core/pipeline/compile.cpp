#include "pipeline/compile.hpp"

#include <algorithm>
#include <utility>

#include "pipeline/configure.hpp"
#include "pipeline/describe.hpp"
#include "pipeline/evaluate.hpp"
#include "pipeline/output_files.hpp"
#include "pipeline/parse.hpp"
#include "pipeline/partition.hpp"
#include "pipeline/read_file.hpp"
#include "pipeline/report.hpp"
#include "pipeline/resolve.hpp"
#include "pipeline/wire.hpp"

namespace penstock::pipeline {
namespace {

std::vector<RelativePath> relative_paths(const std::vector<Argument>& arguments) {
  std::vector<RelativePath> paths;
  for (const Argument& one : arguments)
    if (const std::string* path = path_in(one); path != nullptr && !one.relative.empty())
      paths.push_back({one.relative, *path});
  return paths;
}

NodePlan plan_of(Node node) {
  Description& written = node.description;
  return {
      .name = std::move(written.name),
      .type = *node.loaded,
      .instance = std::move(*node.instance),
      .host = node.host,
      .place = std::move(written.place),
      .bindings = std::move(node.wiring.bindings),
      .in = std::move(node.wiring.in),
      .out = std::move(node.wiring.out),
      .renames = std::move(written.columns),
      .names_file = std::ranges::any_of(node.arguments, [](const Argument& one) { return path_in(one) != nullptr; }),
      .relative_paths = relative_paths(node.arguments),
      .on_bad_row = written.on_bad_row,
      .rejects = std::move(written.rejects),
      .flush_every_rows = written.flush_every_rows,
      .max_delay = written.max_delay};
}

/** The stages of a region once more for each partition but the first; nothing if there is one only. */
std::optional<Partitions> copy_region(const Region& region, const std::vector<Node>& nodes, NodeHosts& hosts,
                                      Diagnostics& found) {
  Partitions partitions{.first = region.first, .end = region.end};
  const auto by = find_key(nodes[region.first], region, found);
  if (!by || region.count < 2) return std::nullopt;
  partitions.by = *by;
  for (std::uint32_t index = 1; index < region.count; ++index) {
    std::vector<NodePlan>& copies = partitions.copies.emplace_back();
    for (std::size_t i = region.first; i < region.end; ++i) {
      Node copy = copy_of(nodes[i], {index, region.count});
      configure(copy, hosts, found);
      if (!found.has_errors()) wire_copy(copy, hosts, found);
      if (found.has_errors()) return std::nullopt;
      copies.push_back(plan_of(std::move(copy)));
    }
  }
  return partitions;
}

/** Every node gets its methods, or there is a fault. */
bool load_types(std::vector<Node>& nodes, const Loader& load, Diagnostics& found) {
  std::vector<const plugin::ExportedType*> types;
  for (const Node& node : nodes) types.push_back(node.type);
  const std::vector<plugin::LoadedType> loaded = load(types, found);
  for (std::size_t i = 0; i < std::min(nodes.size(), loaded.size()); ++i) nodes[i].loaded = loaded[i];
  return !found.has_errors();
}

std::optional<Plan> plan_for(const Request& request, const plugin::Catalog& catalog, NodeHosts& hosts,
                             Diagnostics& found, const Loader& load) {
  const std::string file = request.file.string();
  const auto text = read_file(request.file, max_file_size, found);
  if (!text) return std::nullopt;
  auto root = parse(*text, file, found);
  if (!root) return std::nullopt;
  expand(*root, request.environment, found);

  // The file alone: nothing of a plugin runs until it is without fault.
  Draft draft = describe(*root, file, request.sink, found);
  std::vector<Node>& nodes = draft.nodes;
  resolve(nodes, catalog, found);
  add_settings(request.sets, nodes, found);
  evaluate(nodes, found);
  check_output_files(nodes, request.file, request.change_log, found);
  wire(nodes, catalog, hosts, found);
  const auto region = found.has_errors() ? std::nullopt : find_region(draft, request.threads, found);
  if (found.has_errors()) return std::nullopt;

  if (!load_types(nodes, load, found)) return std::nullopt;

  for (Node& node : nodes) configure(node, hosts, found);
  if (found.has_errors()) return std::nullopt;

  wire(nodes, catalog, hosts, found);
  if (found.has_errors()) return std::nullopt;

  Plan plan{.name = std::move(draft.name), .file = request.file, .nodes = {}, .max_keys = draft.max_keys};
  if (region) plan.partitions = copy_region(*region, nodes, hosts, found);
  if (found.has_errors()) return std::nullopt;
  for (Node& node : nodes) plan.nodes.push_back(plan_of(std::move(node)));
  return plan;
}

}  // namespace

std::optional<Plan> compile(const Request& request, const plugin::Catalog& catalog, NodeHosts& hosts,
                            Diagnostics& found, const Loader& load) {
  Diagnostics all;
  auto plan = plan_for(request, catalog, hosts, all, load);
  found.add(bounded(all));
  return plan;
}

std::string pipeline_name(const std::filesystem::path& file, const Environment& environment) {
  Diagnostics unheard;
  if (const auto text = read_file(file, max_file_size, unheard))
    if (auto root = parse(*text, file.string(), unheard)) {
      expand(*root, environment, unheard);
      return describe(*root, file.string(), std::nullopt, unheard).name;
    }
  return file.stem().string();
}

}  // namespace penstock::pipeline
