#include "pipeline/describe.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <system_error>
#include <utility>

#include "batch/partition.hpp"
#include "diagnostic/suggest.hpp"
#include "pipeline/describe_node.hpp"
#include "pipeline/number.hpp"
#include "pipeline/report.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Interface;

/** Each stage passes on the columns of all before it, so that wiring costs the square of their number. */
constexpr std::size_t max_stages = 1000;

/** Explicit names first: `type_2` then avoids them, whatever the order in the file. */
void give_names(std::vector<Node>& nodes, Diagnostics& found) {
  std::map<std::string, const Place*> taken;
  for (Node& node : nodes) {
    Description& description = node.description;
    if (description.name.empty()) continue;
    const auto [first, is_new] = taken.emplace(description.name, &description.place);
    if (is_new) continue;
    found.add({.code = Code::PS0406,
               .summary = "two nodes are called `" + description.name + "`",
               .place = description.place,
               .notes = {"the first of them is at " + text(*first->second)},
               .help = {"give each a name of its own"}});
  }
  for (Node& node : nodes) {
    Description& description = node.description;
    if (!description.name.empty()) continue;
    description.name = description.type;
    for (std::size_t i = 2; !taken.emplace(description.name, &description.place).second; ++i)
      description.name = description.type + "_" + std::to_string(i);
  }
}

/** Reads the mapping of a whole file. */
class PipelineReader {
 public:
  PipelineReader(const Value& root, Diagnostics& found) : root_(root), found_(found) {}

  Draft read(const std::string& file, const std::optional<std::string>& sink) {
    draft_.name = std::filesystem::path(file).stem().string();
    if (root_.kind != Value::Kind::mapping) {
      report_no_pipeline();
      return std::move(draft_);
    }
    report_unknown_keys();
    read_name();
    read_node("source", Interface::source);
    read_stages();
    if (sink && sink->empty())
      found_.add({.code = Code::PS0407, .summary = "the sink that replaces the file's has no type"});
    else if (sink)
      draft_.nodes.push_back({.description = {.role = Interface::sink, .type = *sink}});
    else
      read_node("sink", Interface::sink);
    if (const Entry* entry = root_.find("partitions")) read_partitions(*entry);
    if (const Entry* entry = root_.find("max_keys")) read_max_keys(*entry);
    give_names(draft_.nodes, found_);
    return std::move(draft_);
  }

 private:
  /** A text with commas is more likely the readings than a word of a pipeline. */
  void report_no_pipeline() {
    const bool is_word = root_.kind == Value::Kind::scalar && !root_.is_missing();
    Diagnostic fault{.code = Code::PS0406,
                     .summary = "this is no pipeline file: it holds " +
                                (is_word ? std::string("a text") : std::string(kind_of(root_))) + " and no keys",
                     .place = root_.place,
                     .help = {"write `source:`, `stages:` and `sink:`, each at the start of a line"}};
    if (is_word && root_.text.find(',') != std::string::npos)
      fault.help.insert(fault.help.begin(),
                        "if these are readings, name the pipeline file here, and in it this one as the `path` of its "
                        "source");
    found_.add(std::move(fault));
  }

  void report_unknown_keys() {
    const std::vector<std::string> known(pipeline_keys.begin(), pipeline_keys.end());
    for (const Entry& entry : root_.entries) {
      if (entry.key == "nodes") {
        report_graph(entry);
      } else if ((entry.key == "sources" || entry.key == "sinks") && entry.value.kind == Value::Kind::list) {
        found_.add({.code = Code::PS0405,
                    .summary = "a pipeline has no key `" + entry.key + "`",
                    .place = entry.place,
                    .help = {advise_on_one(entry.key.substr(0, entry.key.size() - 1), entry.value)}});
        unknown_.push_back(entry.key);
      } else if (entry.key != "name" && plugin::find_node_key(entry.key) != nullptr) {
        found_.add({.code = Code::PS0405,
                    .summary = "a pipeline has no key `" + entry.key + "`",
                    .place = entry.place,
                    .notes = {"it is a key of a node"},
                    .help = {"indent it below the `source:`, stage or `sink:` that it belongs to"}});
        unknown_.push_back(entry.key);
      } else if (std::ranges::find(known, entry.key) == known.end()) {
        report_unknown_key(entry.key, "a pipeline", entry.place, known, found_);
        unknown_.push_back(entry.key);
      }
    }
  }

  /** With every other key in it that is not supported: who writes the graph as a chain meets them all the same. */
  void report_graph(const Entry& graph) {
    report_later(graph, found_);
    has_nodes_ = true;
    for (const Entry& node : graph.value.entries)
      for (const Entry& entry : node.value.entries)
        if (const plugin::NodeKey* key = plugin::find_node_key(entry.key);
            key != nullptr && !key->supported && entry.key != "inputs")
          report_later(entry, found_);
  }

  void read_name() {
    const Entry* entry = root_.find("pipeline");
    const std::string* name = entry == nullptr ? nullptr : word(*entry, "NAME", found_);
    if (name == nullptr) return;
    if (is_name(*name))
      draft_.name = *name;
    else
      report_wrong(*entry, std::string(name_rule), "give the pipeline another name", found_);
  }

  void read_node(const std::string& key, Interface role) {
    if (const Entry* entry = root_.find(key)) {
      draft_.nodes.push_back({.description = describe_node(entry->value, role, "`" + key + "`", found_)});
    } else if (!has_nodes_ && !is_misspelt_among(key, unknown_)) {
      found_.add({.code = Code::PS0405,
                  .summary = "the pipeline has no `" + key + "`",
                  .place = root_.place,
                  .help = {"write `" + key + ": {type: TYPE}`"}});
    }
  }

  void read_stages() {
    const Entry* entry = root_.find("stages");
    const bool misunderstood =
        entry == nullptr ? is_misspelt_among("stages", unknown_) || has_nodes_ : entry->value.kind != Value::Kind::list;
    // A node of no type stands in: what comes behind it is then not judged by columns that nobody knows.
    if (misunderstood) draft_.nodes.push_back({.description = {.role = Interface::stage}});
    if (entry == nullptr) return;
    if (misunderstood) return report_wrong(*entry, "a list of stages", advise_on_stages(entry->value), found_);
    if (const std::size_t stages = entry->value.items.size(); stages > max_stages) {
      found_.add({.code = Code::PS0406,
                  .summary = "the pipeline has too many stages",
                  .place = entry->value.items[max_stages].place,
                  .comparisons = {{"stages", "at most " + std::to_string(max_stages), std::to_string(stages)}},
                  .help = {"give the work to fewer stages: each costs a call for every batch"}});
      draft_.nodes.push_back({.description = {.role = Interface::stage}});
      return;
    }
    for (std::size_t i = 0; i < entry->value.items.size(); ++i)
      draft_.nodes.push_back({.description = describe_node(entry->value.items[i], Interface::stage,
                                                           "stage " + std::to_string(i + 1), found_)});
  }

  static std::string advise_on_stages(const Value& stages) {
    const bool lacks_space =
        stages.entries.empty() ? stages.text.starts_with('-') : stages.entries.front().key.starts_with('-');
    if (lacks_space) return "put a space behind the `-` of each stage: `- {type: " + type_meant_by(stages) + "}`";
    if (stages.is_missing()) return "write `- {type: TYPE}` below it for each stage, or leave `stages` out";
    return "write `- {type: " + type_meant_by(stages) +
           "}` below it for each stage; parameters stand behind the type, each after a comma";
  }

  void read_partitions(const Entry& entry) {
    const std::string example = "write `partitions: {by: sensor_id, count: auto}`";
    if (entry.value.kind != Value::Kind::mapping) return report_wrong(entry, "a mapping", example, found_);
    PartitionRequest asked{.by = {}, .place = entry.place};
    const std::array<std::string, 2> known{"by", "count"};
    for (const Entry& one : entry.value.entries) {
      if (one.key == "by") {
        if (const std::string* by = word(one, "sensor_id", found_)) asked = {*by, one.value.place, asked.count};
      } else if (one.key == "count") {
        read_partition_count(one, asked);
      } else {
        report_unknown_key(one.key, "`partitions`", one.place, known, found_);
      }
    }
    if (entry.value.find("by") == nullptr)
      found_.add({.code = Code::PS0405,
                  .summary = "`partitions` has no `by`",
                  .place = entry.place,
                  .help = {"name the key by which rows are parted: " + example}});
    else if (!asked.by.empty())
      draft_.partitions = std::move(asked);
  }

  void read_partition_count(const Entry& entry, PartitionRequest& asked) {
    if (entry.value.kind == Value::Kind::scalar && entry.value.text == "auto") return;
    Refusal refusal;
    const auto count = entry.value.kind == Value::Kind::scalar ? read_u64(entry.value.text, refusal) : std::nullopt;
    if (count && *count >= 1 && *count <= batch::most_parts)
      asked.count = static_cast<std::uint32_t>(*count);
    else
      report_wrong(entry, "a number from 1 to " + std::to_string(batch::most_parts) + ", or auto",
                   advice_or(refusal.advice, entry, "write `count: auto` for as many as there are threads"), found_);
  }

  void read_max_keys(const Entry& entry) {
    constexpr std::uint64_t most = std::numeric_limits<std::int32_t>::max();
    Refusal refusal;
    const auto keys = entry.value.kind == Value::Kind::scalar ? read_u64(entry.value.text, refusal) : std::nullopt;
    if (keys && *keys >= 1 && *keys <= most)
      draft_.max_keys = static_cast<std::int32_t>(*keys);
    else
      report_wrong(entry, "a number of keys from 1 to " + std::to_string(most),
                   advice_or(refusal.advice, entry, "write `max_keys: 1000000`"), found_);
  }

  const Value& root_;
  Diagnostics& found_;
  Draft draft_;
  std::vector<std::string> unknown_;
  bool has_nodes_ = false;
};

}  // namespace

bool is_name(std::string_view text) noexcept {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 64 && letter(text.front()) && std::ranges::all_of(text, inner);
}

Draft describe(const Value& root, const std::string& file, const std::optional<std::string>& sink, Diagnostics& found) {
  return PipelineReader(root, found).read(file, sink);
}

}  // namespace penstock::pipeline
