#include "pipeline/describe.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <system_error>
#include <utility>

#include "batch/partition.hpp"
#include "diagnostic/suggest.hpp"
#include "pipeline/number.hpp"
#include "pipeline/path.hpp"
#include "pipeline/report.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using plugin::Interface;

constexpr std::array<std::string_view, 1> later_pipeline_keys{"nodes"};

/** Each stage passes on the columns of all before it, so that what wiring costs grows with the square of their number. */
constexpr std::size_t max_stages = 1000;

bool holds(std::span<const std::string_view> keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

void report_later(const Entry& entry, Diagnostics& found) {
  found.add({.code = Code::PS0404,
             .summary = "`" + entry.key + "` is not supported by this version",
             .place = entry.place,
             .help = {entry.key == "nodes" ? "write `source:`, `stages:` and `sink:`" : "remove it"}});
}

void report_wrong(const Entry& entry, std::string expected, std::string help, Diagnostics& found) {
  if (entry.value.is_unknown) return;
  const bool word = entry.value.kind == Value::Kind::scalar && !entry.value.is_missing();
  const std::string had = word ? entry.value.text : std::string(kind_of(entry.value));
  found.add({.code = Code::PS0406,
             .summary = "`" + entry.key + "` has a wrong value",
             .place = entry.value.place,
             .comparisons = {{entry.key, std::move(expected), had}},
             .notes = origin_notes(entry.value),
             .help = {std::move(help)}});
}

bool is_control(char byte) noexcept { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

constexpr std::string_view name_rule = "a letter or `_`, then letters, digits, `_` and `-`, at most 64";

/** The text of a scalar, or a report. */
const std::string* word(const Entry& entry, std::string_view example, Diagnostics& found) {
  if (entry.value.kind == Value::Kind::scalar && !entry.value.is_missing() && !entry.value.text.empty())
    return &entry.value.text;
  report_wrong(entry, "a word", "write `" + entry.key + ": " + std::string(example) + "`", found);
  return nullptr;
}

/** Reads one node. */
class NodeReader {
 public:
  NodeReader(Interface role, Diagnostics& found) : found_(found) { node_.role = role; }

  Description read(const Value& written, const std::string& where) {
    node_.place = written.place;
    if (written.is_unknown) return std::move(node_);
    if (written.kind != Value::Kind::mapping) {
      const bool is_word = written.kind == Value::Kind::scalar && !written.is_missing();
      found_.add({.code = Code::PS0406,
                  .summary = where + " is " + std::string(kind_of(written)) + " where a mapping belongs",
                  .place = written.place,
                  .comparisons = {{{}, "a mapping", is_word ? written.text : std::string(kind_of(written))}},
                  .help = {"write `{type: " + (is_word ? written.text : "TYPE") + "}`, with its parameters behind"}});
      return std::move(node_);
    }
    for (const Entry& entry : written.entries) read_key(entry);
    if (written.find("type") == nullptr) report_no_type(written, where);
    if (node_.rejects && node_.on_bad_row == OnBadRow::stop)
      found_.add({.code = Code::PS0406,
                  .summary = "`rejects` is given and no row is rejected",
                  .place = written.find("rejects")->place,
                  .help = {"add `on_bad_row: reject`, or remove `rejects`"}});
    return std::move(node_);
  }

 private:
  void read_key(const Entry& entry) {
    struct KeyReader {
      std::string_view key;
      void (NodeReader::*read)(const Entry&);
    };
    static constexpr std::array<KeyReader, 7> readers{{{"type", &NodeReader::read_type},
                                                       {"name", &NodeReader::read_name},
                                                       {"columns", &NodeReader::read_columns},
                                                       {"on_bad_row", &NodeReader::read_on_bad_row},
                                                       {"rejects", &NodeReader::read_rejects},
                                                       {"flush_every", &NodeReader::read_flush_every},
                                                       {"max_delay", &NodeReader::read_max_delay}}};
    static constexpr auto reader_of = [](std::string_view key) {
      return std::ranges::find(readers, key, &KeyReader::key);
    };
    static_assert(std::ranges::all_of(plugin::node_keys, [](const plugin::NodeKey& key) {
      return key.supported == (reader_of(key.name) != readers.end());
    }));

    const plugin::NodeKey* key = plugin::find_node_key(entry.key);
    if (key == nullptr)
      node_.settings.push_back({entry.key, entry.place, entry.value});
    else if (key->supported)
      (this->*reader_of(entry.key)->read)(entry);
    else
      report_later(entry, found_);
  }

  void read_type(const Entry& entry) {
    node_.place = entry.value.place;
    if (const std::string* type = word(entry, "TYPE", found_)) node_.type = *type;
  }

  void read_name(const Entry& entry) {
    const std::string* name = word(entry, "NAME", found_);
    if (name == nullptr) return;
    if (is_name(*name))
      node_.name = *name;
    else
      report_wrong(entry, std::string(name_rule), "give the node another name", found_);
  }

  void read_columns(const Entry& entry) {
    if (entry.value.kind != Value::Kind::mapping)
      return report_wrong(entry, "a mapping", "write `columns: {NAME_OF_THE_PLUGIN: NAME_IN_THE_PIPELINE}`", found_);
    std::set<std::string_view> targets;
    for (const Entry& rename : entry.value.entries) {
      const std::string* name = word(rename, "NAME_IN_THE_PIPELINE", found_);
      if (name == nullptr) continue;
      if (std::ranges::any_of(*name, is_control)) {
        report_wrong(rename, "a name without control characters", "give the column another name", found_);
        continue;
      }
      if (targets.insert(*name).second)
        node_.columns.push_back({rename.key, *name, rename.place});
      else
        found_.add({.code = Code::PS0406,
                    .summary = "`columns` gives two columns of the plugin the name `" + *name + "`",
                    .place = rename.place,
                    .help = {"give each a name of its own"}});
    }
  }

  void read_on_bad_row(const Entry& entry) {
    // What is not known may have been `reject`: then a `rejects` beside it is no mistake.
    if (entry.value.is_unknown || (entry.value.kind == Value::Kind::scalar && entry.value.text == "reject"))
      node_.on_bad_row = OnBadRow::reject;
    else if (entry.value.kind != Value::Kind::scalar || entry.value.text != "stop")
      report_wrong(entry, "stop or reject", "write `on_bad_row: stop` or `on_bad_row: reject`", found_);
  }

  void read_rejects(const Entry& entry) {
    const std::string* path = word(entry, "FILE", found_);
    if (path == nullptr) return;
    node_.rejects_place = entry.value.place;
    if (*path == "-" || path->find('\0') != std::string::npos)
      report_wrong(entry, "the path of a file", "name a file: standard output is for rows that pass", found_);
    else if (const auto absolute = from_start_directory(*path))
      node_.rejects = *absolute;
    else
      report_wrong(entry, "a path", "write an absolute path: the start directory is gone", found_);
  }

  void read_flush_every(const Entry& entry) {
    if (node_.role != Interface::sink)
      return report_wrong(entry, "no such key: only a sink is flushed", "move it to the sink", found_);
    Refusal refusal;
    const auto rows = entry.value.kind == Value::Kind::scalar ? read_u64(entry.value.text, refusal) : std::nullopt;
    if (rows && *rows > 0)
      node_.flush_every_rows = *rows;
    else
      report_wrong(entry, "a number of rows, at least 1", "write `flush_every: 10000`", found_);
  }

  void read_max_delay(const Entry& entry) {
    if (node_.role != Interface::source)
      return report_wrong(entry, "no such key: only a source hands out rows that can wait", "move it to the source",
                          found_);
    Refusal refusal;
    const auto ns = entry.value.kind == Value::Kind::scalar ? read_duration(entry.value.text, refusal) : std::nullopt;
    if (ns && *ns >= 0)
      node_.max_delay = std::chrono::nanoseconds(*ns);
    else
      report_wrong(entry, "a duration, such as 50ms", "write `max_delay: 50ms`", found_);
  }

  void report_no_type(const Value& written, const std::string& where) {
    for (auto setting = node_.settings.begin(); setting != node_.settings.end(); ++setting) {
      const std::array<std::string, 1> known{"type"};
      if (diagnostic::near_names(setting->parameter, known).empty()) continue;
      found_.add({.code = Code::PS0405,
                  .summary = where + " has a key `" + setting->parameter + "` and no `type`",
                  .place = setting->place,
                  .help = {"did you mean `type`?"}});
      node_.settings.erase(setting);
      return;
    }
    found_.add({.code = Code::PS0405,
                .summary = where + " has no `type`",
                .place = written.place,
                .help = {"write `type: TYPE`; `penstock list` shows the types"}});
  }

  Diagnostics& found_;
  Description node_;
};

/** Explicit names first: `type_2` then avoids them, whatever the order in the file. */
void give_names(std::vector<Node>& nodes, Diagnostics& found) {
  std::set<std::string> taken;
  for (Node& node : nodes) {
    Description& description = node.description;
    if (description.name.empty() || taken.insert(description.name).second) continue;
    found.add({.code = Code::PS0406,
               .summary = "two nodes are called `" + description.name + "`",
               .place = description.place,
               .help = {"give each a name of its own"}});
  }
  for (Node& node : nodes) {
    Description& description = node.description;
    if (!description.name.empty()) continue;
    description.name = description.type;
    for (std::size_t i = 2; !taken.insert(description.name).second; ++i)
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
      found_.add({.code = Code::PS0406,
                  .summary = "the file is " + std::string(kind_of(root_)) + " where a mapping belongs",
                  .place = root_.place,
                  .help = {"write `source:`, `stages:` and `sink:`, each at the start of a line"}});
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
  void report_unknown_keys() {
    const std::array<std::string, 6> known{"pipeline", "source", "stages", "sink", "partitions", "max_keys"};
    for (const Entry& entry : root_.entries) {
      if (holds(later_pipeline_keys, entry.key)) {
        report_later(entry, found_);
        has_nodes_ = has_nodes_ || entry.key == "nodes";
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
      draft_.nodes.push_back({.description = NodeReader(role, found_).read(entry->value, "`" + key + "`")});
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
    if (misunderstood)
      return report_wrong(*entry, "a list of stages", "write `- {type: TYPE}` below it, once for each stage", found_);
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
      draft_.nodes.push_back(
          {.description =
               NodeReader(Interface::stage, found_).read(entry->value.items[i], "stage " + std::to_string(i + 1))});
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
                   "write `count: auto` for as many as there are threads", found_);
  }

  void read_max_keys(const Entry& entry) {
    constexpr std::uint64_t most = std::numeric_limits<std::int32_t>::max();
    Refusal refusal;
    const auto keys = entry.value.kind == Value::Kind::scalar ? read_u64(entry.value.text, refusal) : std::nullopt;
    if (keys && *keys >= 1 && *keys <= most)
      draft_.max_keys = static_cast<std::int32_t>(*keys);
    else
      report_wrong(entry, "a number of keys from 1 to " + std::to_string(most), "write `max_keys: 1000000`", found_);
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
