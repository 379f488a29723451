#include "pipeline/evaluate.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "pipeline/describe.hpp"
#include "pipeline/parse.hpp"
#include "pipeline/report.hpp"
#include "pipeline/secrets.hpp"
#include "pipeline/value.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Column;
using plugin::Parameter;

std::vector<std::string> names_of(const std::vector<Parameter>& parameters) {
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  return names;
}

/** `NODE.PARAM=VALUE` as a shell takes it. */
std::string as_option(const std::string& node, const std::string& parameter, const std::string& value) {
  return node + '.' + parameter + '=' + diagnostic::for_shell(value);
}

/** Says where a setting stands: a place of the file, or the option. */
Diagnostic about(Code code, const Description& node, const Setting& setting, std::string summary) {
  Diagnostic fault{.code = code, .summary = std::move(summary), .place = setting.place};
  if (setting.is_from_command_line())
    fault.notes.push_back("given on the command line, by `--set " + node.name + "." + setting.parameter + "`");
  return fault;
}

/** Evaluates one node. */
class Evaluator {
 public:
  Evaluator(Node& node, const std::vector<Node>& nodes, Diagnostics& found)
      : node_(node), nodes_(nodes), parameters_(node.type->manifest.parameters), found_(found) {}

  void run() {
    for (const Setting& setting : node_.description.settings)
      if (node_.type->manifest.find_parameter(setting.parameter) == nullptr) report_unknown(setting);
    for (const Parameter& parameter : parameters_) {
      if (const Setting* setting = last_setting_of(parameter.name))
        take(parameter, *setting);
      else if (auto content = default_value(parameter))
        node_.arguments.push_back(
            {&parameter, std::move(*content), node_.description.place, "default", veil_of(parameter, {})});
      else if (!is_misspelt_among(parameter.name, unknown_))
        report_missing(parameter);
    }
  }

 private:
  const Setting* last_setting_of(const std::string& parameter) const {
    const auto& settings = node_.description.settings;
    const auto last = std::find_if(settings.rbegin(), settings.rend(),
                                   [&](const Setting& setting) { return setting.parameter == parameter; });
    return last == settings.rend() ? nullptr : &*last;
  }

  void take(const Parameter& parameter, const Setting& setting) {
    if (is_unknown(setting.value)) return;
    Refusal refusal;
    auto content = read_value(parameter, setting.value, refusal);
    if (!content) return report_refused(parameter, setting, refusal);
    std::string veil = veil_of(parameter, setting.value);
    const bool may_show = parameter.type == plugin::ValueType::path && veil.empty();
    const bool is_relative = may_show && std::filesystem::path(setting.value.text).is_relative();
    node_.arguments.push_back({&parameter, std::move(*content),
                               setting.is_from_command_line() ? node_.description.place : setting.place,
                               reason_of(setting), std::move(veil), is_relative ? setting.value.text : ""});
  }

  static bool is_unknown(const Value& value) {
    return value.is_unknown || std::ranges::any_of(value.items, is_unknown);
  }

  static std::string reason_of(const Setting& setting) {
    if (setting.is_from_command_line()) return "command line";
    const std::string from = origin(setting.value);
    return from.empty() ? text(setting.place) : from + ", " + text(setting.place);
  }

  void report_refused(const Parameter& parameter, const Setting& setting, const Refusal& refusal) {
    const bool word = setting.value.kind == Value::Kind::scalar && !setting.value.is_missing();
    const std::string unit = parameter.unit.empty() ? "" : " " + parameter.unit;
    const std::string veil = veil_of(parameter, setting.value);
    const std::string& text = setting.value.text;
    const bool has_blank_ends = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    const std::string written = !veil.empty() ? veil : text.empty() || has_blank_ends ? '"' + text + '"' : text;
    const bool in_bounds = refusal.what.find("allowed") == std::string::npos;
    const std::string subject =
        word ? "`" + parameter.name + " = " + written + (in_bounds ? "" : unit) + "`" : "`" + parameter.name + "`";
    Diagnostic fault = about(Code::PS0411, node_.description, setting,
                             subject + " of `" + node_.description.name + "` " + refusal.what);
    if (!setting.is_from_command_line() && setting.value.place.line > 0) fault.place = setting.value.place;
    fault.comparisons.push_back(
        {parameter.name, refusal.expected, word ? written : std::string(kind_of(setting.value))});
    for (std::string& note : origin_notes(setting.value)) fault.notes.push_back(std::move(note));
    if (!parameter.doc.empty())
      fault.notes.push_back("`" + parameter.name + "`: " + parameter.doc +
                            (parameter.unit.empty() ? "" : ", in " + parameter.unit));
    if (!refusal.advice.empty() && veil.empty()) fault.help.push_back(refusal.advice);
    found_.add(std::move(fault));
  }

  /** `window` of `window_size`: the only one of the names that is a word of it; empty: none is, or several. */
  static std::string parameter_in(std::string_view name, const std::vector<std::string>& known) {
    std::string found;
    while (!name.empty()) {
      const std::string word(name.substr(0, name.find('_')));
      name.remove_prefix(std::min(word.size() + 1, name.size()));
      if (std::ranges::find(known, word) == known.end()) continue;
      if (!found.empty()) return {};
      found = word;
    }
    return found;
  }

  /** What `columns` is for, of a name that is near to it: by a column that holds no key, if there is one. */
  std::string example_of_renaming(const std::string& near_to) {
    const std::vector<std::string> key{"columns"};
    const Column* own = nullptr;
    for (const Column& column : node_.type->manifest.columns)
      if (column.access != plugin::Access::add && !is_every(column) && (own == nullptr || own->type == "key"))
        own = &column;
    if (own == nullptr || diagnostic::near_names(near_to, key).empty()) return {};
    return " `columns: {" + own->name + ": OTHER}` has the plugin work on a column OTHER in the place of `" +
           own->name + "`";
  }

  void report_unknown(const Setting& setting) {
    const std::size_t mark = setting.parameter.find_first_of(":=");
    const bool lacks_colon = mark != std::string::npos && setting.value.is_missing();
    // What stands behind the mark was to be a value, which may be a secret.
    const std::string written = without_blank_end(setting.parameter.substr(0, lacks_colon ? mark : std::string::npos));
    unknown_.push_back(written);
    const std::vector<std::string> known = names_of(parameters_);
    std::vector<std::string> below;
    for (const Entry& entry : setting.value.entries)
      if (std::ranges::find(known, entry.key) != known.end()) below.push_back(entry.key);
    unknown_.insert(unknown_.end(), below.begin(), below.end());
    const std::vector<std::string> node_keys = supported_node_keys();
    Diagnostic fault = about(Code::PS0409, node_.description, setting,
                             "`" + node_.description.type + "` has no parameter `" + written +
                                 (!lacks_colon                     ? ""
                                  : setting.parameter[mark] == ':' ? ":..."
                                                                   : " = ...") +
                                 "`");
    fault.notes.insert(fault.notes.begin(),
                       known.empty() ? "it has no parameters" : "its parameters are " + list_of(known));
    if (lacks_colon && setting.parameter[mark] == ':')
      fault.help.push_back("put a space behind the colon: `" + written + ": VALUE`");
    else if (lacks_colon)
      fault.help.push_back("a value stands behind a colon and a space: write `" + written + ": " +
                           value_behind_equals(setting.parameter, written) + "`");
    else if (!below.empty())
      fault.help.push_back("put " + list_of(below) + " beside `type`: parameters have no key of their own above them");
    else if (!diagnostic::near_names(setting.parameter, known).empty())
      fault.help.push_back(diagnostic::suggest(setting.parameter, known));
    else if (!setting.is_from_command_line() && !diagnostic::near_names(setting.parameter, node_keys).empty())
      fault.help.push_back(diagnostic::suggest(setting.parameter, node_keys) + example_of_renaming(setting.parameter));
    else if (plugin::find_node_key(setting.parameter) != nullptr)
      fault.help.push_back("`" + setting.parameter + "` is a key of the pipeline file, not a parameter");
    else if (setting.parameter == "id" && !setting.is_from_command_line())
      fault.help.push_back("the name of a node is `name:`");
    else if (std::ranges::find(pipeline_keys, setting.parameter) != pipeline_keys.end())
      fault.help.push_back("`" + setting.parameter + "` is a key of the whole pipeline: write it beside `source:`");
    else if (const Node* owner = owner_of(setting.parameter))
      fault.help.push_back("`" + setting.parameter + "` is a parameter of `" + owner->description.name + "`");
    else if (const std::string part = parameter_in(setting.parameter, known); !part.empty())
      fault.help.push_back("did you mean `" + part + "`?");
    else if (setting.value.is_missing() && is_number(setting.parameter))
      fault.help.push_back(
          "inside `{...}` a comma begins the next key: write the number without it, or with a decimal point");
    found_.add(std::move(fault));
  }

  static std::string without_blank_end(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  /** Of `max = 150` the value, if `max` is known and shows what it holds. */
  std::string value_behind_equals(const std::string& setting, const std::string& name) const {
    const Parameter* parameter = node_.type->manifest.find_parameter(name);
    const std::size_t begin = setting.find_first_not_of("= ", setting.find('='));
    return parameter == nullptr || parameter->secret || begin == std::string::npos ? "VALUE" : setting.substr(begin);
  }

  static std::vector<std::string> supported_node_keys() {
    std::vector<std::string> keys;
    for (const plugin::NodeKey& key : plugin::node_keys)
      if (key.supported) keys.emplace_back(key.name);
    return keys;
  }

  static bool is_number(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

  const Node* owner_of(const std::string& parameter) const {
    const auto owner = std::ranges::find_if(nodes_, [&](const Node& other) {
      return other.type != nullptr && other.type->manifest.find_parameter(parameter) != nullptr;
    });
    return owner == nodes_.end() ? nullptr : &*owner;
  }

  void report_missing(const Parameter& parameter) {
    const std::string example = parameter.example.empty() ? "VALUE" : parameter.example;
    const bool is_from_command_line = node_.description.place.file.empty();
    found_.add({.code = Code::PS0410,
                .summary = "`" + node_.description.name + "` needs a value for `" + parameter.name + "`",
                .place = node_.description.place,
                .notes = parameter.doc.empty() ? std::vector<std::string>{}
                                               : std::vector<std::string>{"`" + parameter.name + "`: " + parameter.doc},
                .help = {is_from_command_line ? "`--sink " + node_.description.type +
                                                    "` takes its parameters from `--set`: add `--set " +
                                                    as_option(node_.description.name, parameter.name, example) + "`"
                                              : "write `" + parameter.name + ": " + example + "`"}});
  }

  Node& node_;
  const std::vector<Node>& nodes_;
  const std::vector<Parameter>& parameters_;
  Diagnostics& found_;
  std::vector<std::string> unknown_;
};

/** The nodes that have such a parameter. */
std::vector<const Node*> owners_of(const std::string& parameter, const std::vector<Node>& nodes) {
  std::vector<const Node*> owners;
  for (const Node& node : nodes)
    if (node.type != nullptr && node.type->manifest.find_parameter(parameter) != nullptr) owners.push_back(&node);
  return owners;
}

/** `--set NODE.PARAM=VALUE` with what the operator gave, unless that is a secret. */
std::string option_with(const Node& node, const std::string& parameter, const std::string& value) {
  const Parameter* declared = node.type->manifest.find_parameter(parameter);
  const bool may_show = declared != nullptr && !declared->secret && !value.empty();
  return "`--set " + as_option(node.description.name, parameter, may_show ? value : "VALUE") + "`";
}

/** `NODE.PARAM=VALUE` with the first parameter of these nodes that may be seen. */
std::string example_of_setting(const std::vector<Node>& nodes) {
  for (const Node& node : nodes) {
    if (node.type == nullptr) continue;
    for (const Parameter& parameter : node.type->manifest.parameters) {
      if (parameter.secret) continue;
      const auto initial = default_value(parameter);
      const std::string value =
          initial && parameter.example.empty() ? canonical(parameter, *initial) : parameter.example;
      return as_option(node.description.name, parameter.name, value.empty() ? "VALUE" : value);
    }
  }
  return "NODE.PARAM=VALUE";
}

/** What to write in the place of a setting that is none: `max=200` and `hot:max=200` say nearly all. */
std::string advise_on_setting(const std::string& path, const std::string& value, const std::vector<Node>& nodes) {
  const std::size_t mark = path.find_first_of(":/");
  const std::string node = mark == std::string::npos ? "" : path.substr(0, mark);
  const std::string parameter = mark == std::string::npos ? path : path.substr(mark + 1);
  std::vector<std::string> ways;
  for (const Node* owner : owners_of(parameter, nodes))
    if (node.empty() || owner->description.name == node) ways.push_back(option_with(*owner, parameter, value));
  if (ways.empty()) return "write such as `--set " + example_of_setting(nodes) + "`";
  std::string advice = "write " + ways.front();
  for (std::size_t i = 1; i < std::min<std::size_t>(ways.size(), 4); ++i) advice += " or " + ways[i];
  return advice;
}

/** A name that no node has may be the type of some, or the key of one: then what to write for each. */
std::vector<std::string> advise_on_type(const std::string& type, const std::string& parameter, const std::string& value,
                                        const std::vector<Node>& nodes) {
  constexpr std::size_t most = 4;
  std::vector<std::string> advice;
  for (const Node& node : nodes)
    if (node.type != nullptr && node.description.type == type && advice.size() < most)
      advice.push_back("`" + node.description.name + "` is of that type: write " + option_with(node, parameter, value));
  if (type != "source" && type != "sink") return advice;
  const auto role = type == "source" ? plugin::Interface::source : plugin::Interface::sink;
  const auto node = std::ranges::find_if(nodes, [&](const Node& n) { return n.description.role == role; });
  if (advice.empty() && node != nodes.end() && node->type != nullptr)
    advice.push_back("the " + type + " is called `" + node->description.name + "`: write " +
                     option_with(*node, parameter, value));
  return advice;
}

/** `NODE.PARAM:VALUE` as an option has it; empty if nothing is called so. */
std::string setting_behind_colon(const std::string& path, const std::vector<Node>& nodes) {
  const std::size_t dot = path.find('.'), colon = path.find(':', std::min(dot, path.size()));
  if (colon == std::string::npos) return {};
  const std::string parameter = path.substr(dot + 1, colon - dot - 1);
  for (const Node* owner : owners_of(parameter, nodes))
    if (owner->description.name == path.substr(0, dot))
      return "write " + option_with(*owner, parameter, path.substr(colon + 1));
  return {};
}

void add_setting(const std::string& set, std::vector<Node>& nodes, Diagnostics& found) {
  const std::size_t equals = std::min(set.find('='), set.size());
  const std::string path = set.substr(0, equals);
  const std::string value = equals == set.size() ? "" : set.substr(equals + 1);
  const std::size_t dot = path.find('.');
  if (equals == set.size() || dot == std::string::npos || dot == 0 || dot + 1 == path.size()) {
    const std::string mended = equals == set.size() ? setting_behind_colon(path, nodes) : "";
    // What stands behind a mark is shown where it is known to be no secret.
    const std::size_t colon = path.find(':');
    const std::string shown = equals < set.size()   ? path + "=..."
                              : colon < path.size() ? path.substr(0, colon) + ":..."
                                                    : path;
    found.add({.code = Code::PS0412,
               .summary = "`--set " + shown + "` is not a setting",
               .comparisons = {{"--set", "NODE.PARAM=VALUE", shown}},
               .help = {mended.empty() ? advise_on_setting(path, value, nodes) : mended}});
    return;
  }
  const std::string name = path.substr(0, dot);
  const auto node = std::ranges::find_if(nodes, [&](const Node& n) { return n.description.name == name; });
  if (node == nodes.end()) {
    std::vector<std::string> names;
    for (const Node& known : nodes)
      if (!known.description.name.empty()) names.push_back(known.description.name);
    Diagnostic fault{.code = Code::PS0412, .summary = "`--set " + path + "` names no node of the pipeline"};
    fault.notes.push_back("its nodes are " + list_of(names));
    fault.help = advise_on_type(name, path.substr(dot + 1), value, nodes);
    if (std::string meant = suggest_from_part(name, names); fault.help.empty() && !meant.empty())
      fault.help.push_back(std::move(meant));
    found.add(std::move(fault));
    return;
  }
  Setting setting{.parameter = path.substr(dot + 1)};
  const Parameter* parameter = node->type == nullptr ? nullptr : node->type->manifest.find_parameter(setting.parameter);
  setting.value.text = value;
  setting.value.quoted = true;
  if (parameter != nullptr && parameter->list && value.starts_with('[')) {
    auto list = parse(value, "--set " + path, found);
    if (!list) return;
    setting.value = std::move(*list);
  }
  node->description.settings.push_back(std::move(setting));
}

}  // namespace

void add_settings(const std::vector<std::string>& sets, std::vector<Node>& nodes, Diagnostics& found) {
  for (const std::string& set : sets) add_setting(set, nodes, found);
}

void evaluate(std::vector<Node>& nodes, Diagnostics& found) {
  for (Node& node : nodes)
    if (node.type != nullptr) Evaluator(node, nodes, found).run();
}

}  // namespace penstock::pipeline
