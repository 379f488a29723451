#include "pipeline/evaluate.hpp"

#include <algorithm>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "pipeline/parse.hpp"
#include "pipeline/report.hpp"
#include "pipeline/secrets.hpp"
#include "pipeline/value.hpp"
#include "plugin/node_keys.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Parameter;

std::vector<std::string> names_of(const std::vector<Parameter>& parameters) {
  std::vector<std::string> names;
  for (const Parameter& parameter : parameters) names.push_back(parameter.name);
  return names;
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
    node_.arguments.push_back({&parameter, std::move(*content),
                               setting.is_from_command_line() ? node_.description.place : setting.place,
                               reason_of(setting), veil_of(parameter, setting.value)});
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
    const std::string written = !veil.empty() ? veil : text.empty() ? "\"\"" : text;
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

  void report_unknown(const Setting& setting) {
    const std::size_t colon = setting.parameter.find(':');
    const bool lacks_space = colon != std::string::npos && setting.value.is_missing();
    // What stands behind the colon was to be a value, which may be a secret.
    const std::string written = setting.parameter.substr(0, lacks_space ? colon : std::string::npos);
    unknown_.push_back(written);
    const std::vector<std::string> known = names_of(parameters_);
    std::vector<std::string> below;
    for (const Entry& entry : setting.value.entries)
      if (std::ranges::find(known, entry.key) != known.end()) below.push_back(entry.key);
    unknown_.insert(unknown_.end(), below.begin(), below.end());
    const std::vector<std::string> node_keys = supported_node_keys();
    Diagnostic fault =
        about(Code::PS0409, node_.description, setting,
              "`" + node_.description.type + "` has no parameter `" + written + (lacks_space ? ":..." : "") + "`");
    fault.notes.insert(fault.notes.begin(),
                       known.empty() ? "it has no parameters" : "its parameters are " + list_of(known));
    if (lacks_space)
      fault.help.push_back("put a space behind the colon: `" + written + ": VALUE`");
    else if (!below.empty())
      fault.help.push_back("put " + list_of(below) + " beside `type`: parameters have no key of their own above them");
    else if (!diagnostic::near_names(setting.parameter, known).empty())
      fault.help.push_back(diagnostic::suggest(setting.parameter, known));
    else if (!setting.is_from_command_line() && !diagnostic::near_names(setting.parameter, node_keys).empty())
      fault.help.push_back(diagnostic::suggest(setting.parameter, node_keys));
    else if (plugin::find_node_key(setting.parameter) != nullptr)
      fault.help.push_back("`" + setting.parameter + "` is a key of the pipeline file, not a parameter");
    else if (const Node* owner = owner_of(setting.parameter))
      fault.help.push_back("`" + setting.parameter + "` is a parameter of `" + owner->description.name + "`");
    else if (setting.value.is_missing() && is_number(setting.parameter))
      fault.help.push_back(
          "inside `{...}` a comma begins the next key: write the number without it, or with a decimal point");
    found_.add(std::move(fault));
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
    found_.add({.code = Code::PS0410,
                .summary = "`" + node_.description.name + "` needs a value for `" + parameter.name + "`",
                .place = node_.description.place,
                .notes = parameter.doc.empty() ? std::vector<std::string>{}
                                               : std::vector<std::string>{"`" + parameter.name + "`: " + parameter.doc},
                .help = {"write `" + parameter.name + ": " + example + "`"}});
  }

  Node& node_;
  const std::vector<Node>& nodes_;
  const std::vector<Parameter>& parameters_;
  Diagnostics& found_;
  std::vector<std::string> unknown_;
};

/** `NODE.PARAM=VALUE` with a parameter of these nodes: the one that `written` names, or the first that may be seen. */
std::string example_of_setting(const std::string& written, const std::vector<Node>& nodes) {
  std::string example = "NODE.PARAM=VALUE";
  bool is_first = true;
  for (const Node& node : nodes) {
    if (node.type == nullptr) continue;
    for (const Parameter& parameter : node.type->manifest.parameters) {
      const bool is_named = written == parameter.name || written == node.description.name + "." + parameter.name;
      if (!is_named && (!is_first || parameter.secret)) continue;
      const auto initial = default_value(parameter);
      const bool shows_default = initial && !parameter.secret && parameter.example.empty();
      const std::string value = shows_default ? canonical(parameter, *initial) : parameter.example;
      example = node.description.name + "." + parameter.name + "=" + (value.empty() ? "VALUE" : value);
      if (is_named) return example;
      is_first = false;
    }
  }
  return example;
}

void add_setting(const std::string& set, std::vector<Node>& nodes, Diagnostics& found) {
  const std::size_t equals = std::min(set.find('='), set.size());
  const std::string path = set.substr(0, equals);
  const std::size_t dot = path.find('.');
  if (equals == set.size() || dot == std::string::npos || dot == 0 || dot + 1 == path.size()) {
    // Only what stands before `=` is shown: the rest may be a secret.
    found.add({.code = Code::PS0412,
               .summary = "`--set " + path + "` is not a setting",
               .comparisons = {{"--set", "NODE.PARAM=VALUE", equals == set.size() ? path : path + "=..."}},
               .help = {"write such as `--set " + example_of_setting(path, nodes) + "`"}});
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
    if (!diagnostic::near_names(name, names).empty()) fault.help.push_back(diagnostic::suggest(name, names));
    found.add(std::move(fault));
    return;
  }
  Setting setting{.parameter = path.substr(dot + 1)};
  const std::string value = set.substr(equals + 1);
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
