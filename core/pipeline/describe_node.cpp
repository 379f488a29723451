#include "pipeline/describe_node.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "pipeline/describe.hpp"
#include "pipeline/number.hpp"
#include "pipeline/path.hpp"
#include "pipeline/report.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using plugin::Interface;

bool is_control(char byte) noexcept { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

/** `threshold_filter: {min: 0}`: the type as a key, its parameters as the value or beside it. */
const Entry* type_as_key(const Value& written) {
  if (written.entries.empty()) return nullptr;
  const Entry& first = written.entries.front();
  const bool is_alone = first.value.kind == Value::Kind::mapping && written.entries.size() == 1;
  const bool is_type = plugin::find_node_key(first.key) == nullptr && is_name(first.key);
  return is_type && (is_alone || first.value.is_missing()) ? &first : nullptr;
}

/** Reads one node. */
class NodeReader {
 public:
  NodeReader(Interface role, Diagnostics& found) : found_(found) { node_.role = role; }

  Description read(const Value& written, const std::string& where) {
    node_.place = written.place;
    if (written.is_unknown) return std::move(node_);
    if (written.kind != Value::Kind::mapping) {
      report_no_mapping(written, where);
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
      std::optional<Interface> owner = {};  ///< the only kind of node that has it
    };
    static constexpr std::array<KeyReader, 7> readers{{{"type", &NodeReader::read_type},
                                                       {"name", &NodeReader::read_name},
                                                       {"columns", &NodeReader::read_columns},
                                                       {"on_bad_row", &NodeReader::read_on_bad_row},
                                                       {"rejects", &NodeReader::read_rejects},
                                                       {"flush_every", &NodeReader::read_flush_every, Interface::sink},
                                                       {"max_delay", &NodeReader::read_max_delay, Interface::source}}};
    static constexpr auto reader_of = [](std::string_view key) {
      return std::ranges::find(readers, key, &KeyReader::key);
    };
    static_assert(std::ranges::all_of(plugin::node_keys, [](const plugin::NodeKey& key) {
      return key.supported == (reader_of(key.name) != readers.end());
    }));

    const plugin::NodeKey* key = plugin::find_node_key(entry.key);
    if (key == nullptr)
      node_.settings.push_back({entry.key, entry.place, entry.value});
    else if (!key->supported)
      report_later(entry, found_);
    else if (const KeyReader& reader = *reader_of(entry.key); reader.owner.value_or(node_.role) != node_.role)
      report_foreign(entry, *reader.owner);
    else
      (this->*reader.read)(entry);
  }

  void report_foreign(const Entry& entry, Interface owner) {
    const std::string kind = owner == Interface::source ? "source" : "sink";
    found_.add({.code = Code::PS0405,
                .summary = "`" + entry.key + "` is a key of " + kind + "s only",
                .place = entry.place,
                .help = {"move it to the `" + kind + ":`, or remove it"}});
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
      return report_wrong(entry, "a mapping, which gives columns other names",
                          "write `columns: {NAME_OF_THE_PLUGIN: NAME_IN_THE_PIPELINE}`", found_);
    std::map<std::string_view, std::string_view> owners;
    for (const Entry& rename : entry.value.entries) {
      const std::string* name = word(rename, "NAME_IN_THE_PIPELINE", found_);
      if (name == nullptr) continue;
      if (std::ranges::any_of(*name, is_control)) {
        report_wrong(rename, "a name without control characters", "give the column another name", found_);
        continue;
      }
      const auto [owner, is_new] = owners.emplace(*name, rename.key);
      if (is_new)
        node_.columns.push_back({rename.key, *name, rename.place});
      else
        found_.add({.code = Code::PS0406,
                    .summary = "`columns` gives `" + std::string(owner->second) + "` and `" + rename.key +
                               "` the same name, `" + shown(rename.value) + "`",
                    .place = rename.place,
                    .help = {"give each a name of its own"}});
    }
  }

  void read_on_bad_row(const Entry& entry) {
    // What is not known may have been `reject`: then a `rejects` beside it is no mistake.
    if (entry.value.is_unknown || (entry.value.kind == Value::Kind::scalar && entry.value.text == "reject"))
      node_.on_bad_row = OnBadRow::reject;
    else if (entry.value.kind != Value::Kind::scalar || entry.value.text != "stop")
      report_wrong(entry, "stop or reject", "write `reject` to count the row and go on, or `stop` to end the run",
                   found_);
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
    Refusal refusal;
    const auto rows = entry.value.kind == Value::Kind::scalar ? read_u64(entry.value.text, refusal) : std::nullopt;
    if (rows && *rows > 0)
      node_.flush_every_rows = *rows;
    else
      report_wrong(entry, "a number of rows, at least 1",
                   advice_or(refusal.advice, entry, "write `flush_every: 10000`"), found_);
  }

  void read_max_delay(const Entry& entry) {
    Refusal refusal;
    const auto ns = entry.value.kind == Value::Kind::scalar ? read_duration(entry.value.text, refusal) : std::nullopt;
    if (ns && *ns >= 0)
      node_.max_delay = std::chrono::nanoseconds(*ns);
    else
      report_wrong(entry, refusal.expected.empty() ? "a duration of at least 0s" : refusal.expected,
                   advice_or(refusal.advice, entry, "write `max_delay: 50ms`"), found_);
  }

  void report_no_mapping(const Value& written, const std::string& where) {
    const bool is_word = written.kind == Value::Kind::scalar && !written.is_missing();
    const bool is_many = written.kind == Value::Kind::list && node_.role != Interface::stage;
    found_.add({.code = Code::PS0406,
                .summary = where + " is " + std::string(kind_of(written)) + " where a mapping belongs",
                .place = written.place,
                .comparisons = {{{}, "a mapping", is_word ? shown(written) : std::string(kind_of(written))}},
                .notes = origin_notes(written),
                .help = {is_many ? advise_on_one(node_.role == Interface::source ? "source" : "sink", written)
                                 : "write " + mapping_with(type_meant_by(written))}});
  }

  void report_no_type(const Value& written, const std::string& where) {
    const auto lacks_space = [](const Setting& one) {
      return one.parameter.starts_with("type:") && one.value.is_missing();
    };
    if (const auto one = std::ranges::find_if(node_.settings, lacks_space); one != node_.settings.end()) {
      const std::string type = one->parameter.substr(5);
      found_.add({.code = Code::PS0405,
                  .summary = where + " has no `type`",
                  .place = one->place,
                  .help = {"put a space behind each colon: `type: " + (is_name(type) ? type : "TYPE") + "`"}});
      return;
    }
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
    const Entry* type = type_as_key(written);
    const bool may_belong_above =
        node_.role == Interface::stage && where != "stage 1" && type == nullptr && written.entries.size() == 1;
    found_.add({.code = Code::PS0405,
                .summary = where + " has no `type`",
                .place = written.place,
                .help = {type != nullptr    ? "write " + mapping_with(type->key)
                         : may_belong_above ? "write `type: TYPE`, or take out the `-` if `" +
                                                  written.entries.front().key + "` belongs to the stage above"
                                            : "write `type: TYPE`; `penstock list` shows the types"}});
  }

  Diagnostics& found_;
  Description node_;
};

}  // namespace

std::string type_meant_by(const Value& written) {
  const Value& node = written.kind == Value::Kind::list && !written.items.empty() ? written.items.front() : written;
  const Entry* type = node.find("type");
  if (const Entry* key = type == nullptr ? type_as_key(node) : nullptr; key != nullptr) return key->key;
  const Value& word = type == nullptr ? node : type->value;
  if (word.kind != Value::Kind::scalar || !word.variables.empty()) return "TYPE";
  const std::string name = word.text.substr(word.text.starts_with('-') ? 1 : 0);  // `-normalize`
  return is_name(name) ? name : "TYPE";
}

std::string advise_on_one(const std::string& key, const Value& nodes) {
  return "a pipeline has one " + key + ": write " + mapping_with(type_meant_by(nodes), key + ": ");
}

std::string mapping_with(const std::string& type, const std::string& before) {
  return "`" + before + "{type: " + type + "}`; parameters stand behind the type, each after a comma";
}

Description describe_node(const Value& written, Interface role, const std::string& where, Diagnostics& found) {
  return NodeReader(role, found).read(written, where);
}

}  // namespace penstock::pipeline
