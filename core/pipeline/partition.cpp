#include "pipeline/partition.hpp"

#include <algorithm>
#include <utility>

#include "batch/partition.hpp"
#include "diagnostic/suggest.hpp"
#include "pipeline/describe.hpp"
#include "pipeline/report.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Access;
using plugin::State;

bool is_keyed_by(const Node& node, const std::string& by) {
  const plugin::Manifest& manifest = node.type->manifest;
  return manifest.state == State::keyed && node.description.to_pipeline(manifest.key) == by;
}

/** Why a stage cannot exist once for each partition, in words that can follow its name; empty: it can. */
std::string obstacle(const Node& node, const std::string& by) {
  const plugin::Manifest& manifest = node.type->manifest;
  if (node.description.role != plugin::Interface::stage) return "is no stage";
  if (manifest.rows == plugin::Rows::any) return "makes rows of its own (`rows:any`), whose order nobody could restore";
  if (manifest.state == State::serial) return "keeps a state that is not parted by a key";
  if (manifest.state == State::keyed && !is_keyed_by(node, by)) return "is keyed by `" + manifest.key + "`";
  if (node.description.rejects) return "has `rejects:`, a file that is written in the order of the rows";
  const auto writes_key = [&](const plugin::Column& column) {
    return column.access == Access::write && (is_every(column) || node.description.to_pipeline(column.name) == by);
  };
  if (std::ranges::any_of(manifest.columns, writes_key)) return "may change `" + by + "`";
  return {};
}

/** The keys that the source brings, as the pipeline calls them. */
std::vector<std::string> keys_of_source(const std::vector<Node>& nodes) {
  std::vector<std::string> keys;
  for (const plugin::Column& column : nodes.front().type->manifest.columns)
    if (column.access == Access::add && column.type == "key")
      keys.push_back(nodes.front().description.to_pipeline(column.name));
  return keys;
}

void report_impossible(const std::vector<Node>& nodes, const PartitionRequest& asked, std::string summary,
                       std::size_t first, std::size_t end, Diagnostics& found) {
  Diagnostic fault{.code = Code::PS0406, .summary = std::move(summary), .place = asked.place};
  for (std::size_t i = first; i < end; ++i)
    if (const std::string why = obstacle(nodes[i], asked.by); !why.empty())
      fault.notes.push_back("`" + nodes[i].description.name + "` " + why);
  std::vector<std::string> keys;
  for (std::size_t i = first; i < end; ++i)
    if (const plugin::Manifest& manifest = nodes[i].type->manifest; manifest.state == State::keyed)
      keys.push_back(nodes[i].description.to_pipeline(manifest.key));
  if (keys.empty()) keys = keys_of_source(nodes);
  const bool is_key = std::ranges::find(keys, asked.by) != keys.end();
  const bool is_one = !keys.empty() && std::ranges::count(keys, keys.front()) == std::ssize(keys);
  fault.help.push_back(!diagnostic::near_names(asked.by, keys).empty() ? diagnostic::suggest(asked.by, keys)
                       : is_key || keys.empty() ? "remove `partitions:`, or what stands in the way"
                       : is_one                 ? "write `by: " + keys.front() + "`: rows are parted by a key"
                                : "write `by: KEY`, with one of " + list_of(keys) + ": rows are parted by a key");
  found.add(std::move(fault));
}

}  // namespace

std::optional<Region> find_region(Draft& draft, std::uint32_t threads, Diagnostics& found) {
  if (!draft.partitions) return std::nullopt;
  const PartitionRequest& asked = *draft.partitions;
  std::vector<Node>& nodes = draft.nodes;
  const auto can = [&](std::size_t i) { return obstacle(nodes[i], asked.by).empty(); };

  // All keyed stages in one stretch, or the longest stretch that there is.
  constexpr auto most = static_cast<std::uint32_t>(batch::most_parts);
  Region region{
      .count = asked.count == 0 ? std::min(threads, most) : asked.count, .by = asked.by, .place = asked.place};
  std::size_t first_keyed = 0, last_keyed = 0;
  for (std::size_t i = 1; i + 1 < nodes.size(); ++i) {
    if (!is_keyed_by(nodes[i], asked.by)) continue;
    if (first_keyed == 0) first_keyed = i;
    last_keyed = i;
  }
  for (std::size_t i = 1; i + 1 < nodes.size();) {
    std::size_t end = i;
    while (end + 1 < nodes.size() && can(end)) ++end;
    const bool holds_keyed = i <= first_keyed && first_keyed < end;
    if (holds_keyed || (first_keyed == 0 && end - i > region.end - region.first)) {
      region.first = i;
      region.end = end;
    }
    i = std::max(end, i + 1);
  }
  if (first_keyed != 0 && (region.end == 0 || last_keyed >= region.end)) {
    report_impossible(nodes, asked, "the stages that are keyed by `" + asked.by + "` cannot run in partitions",
                      first_keyed, last_keyed + 1, found);
    return std::nullopt;
  }
  if (region.end == 0) {
    report_impossible(nodes, asked, "no stage can run in partitions by `" + asked.by + "`", 1, nodes.size() - 1, found);
    return std::nullopt;
  }
  for (std::size_t i = region.first; i < region.end && region.count > 1; ++i) nodes[i].partition = {0, region.count};
  return region;
}

std::optional<std::size_t> find_key(const Node& first, const Region& region, Diagnostics& found) {
  const batch::Schema& in = first.wiring.in;
  const auto index = batch::find(in, region.by);
  if (index && in[*index].type == batch::Type::key) return index;
  Diagnostic fault{.code = index ? Code::PS0416 : Code::PS0415,
                   .summary = "`partitions` needs a key `" + region.by + "`, and " +
                              (index ? "that column is " + std::string(batch::name(in[*index].type))
                                     : std::string("no column of that name comes to `") + first.description.name + "`"),
                   .place = region.place};
  std::vector<std::string> keys;
  for (const batch::Field& field : in)
    if (field.type == batch::Type::key) keys.push_back(field.name);
  fault.notes.push_back(keys.empty() ? "no key comes there" : "keys that come there are " + list_of(keys));
  if (!diagnostic::near_names(region.by, keys).empty())
    fault.help.push_back(diagnostic::suggest(region.by, keys));
  else if (!keys.empty())
    fault.help.push_back("name one of them: `partitions: {by: " + (keys.size() == 1 ? keys.front() : "KEY") + "}`");
  found.add(std::move(fault));
  return std::nullopt;
}

Node copy_of(const Node& node, Partition partition) {
  return {.description = node.description,
          .type = node.type,
          .arguments = node.arguments,
          .loaded = node.loaded,
          .partition = partition,
          .wiring = node.wiring};
}

}  // namespace penstock::pipeline
