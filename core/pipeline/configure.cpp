#include "pipeline/configure.hpp"

#include <deque>
#include <utility>

#include "pipeline/call.hpp"
#include "pipeline/report.hpp"
#include "pipeline/secrets.hpp"
#include "pipeline/value.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Scalar;

/** Arguments as the boundary passes them. Borrows their texts. */
class ValueArray {
 public:
  explicit ValueArray(const std::vector<Argument>& arguments) {
    for (const Argument& argument : arguments) {
      if (const auto* scalar = std::get_if<Scalar>(&argument.content)) {
        values_.push_back(std::visit([](const auto& value) { return pass(value); }, *scalar));
      } else {
        std::vector<penstock_value>& items = lists_.emplace_back();
        for (const std::string& text : std::get<std::vector<std::string>>(argument.content))
          items.push_back(pass(text));
        penstock_value list{};
        list.list = {items.data(), items.size()};
        values_.push_back(list);
      }
    }
    if (values_.empty()) values_.emplace_back();  // `values` is never null
  }

  [[nodiscard]] const penstock_value* get() const noexcept { return values_.data(); }

 private:
  static penstock_value pass(bool value) noexcept { return {.boolean = value}; }
  static penstock_value pass(std::int64_t value) noexcept { return {.i64 = value}; }
  static penstock_value pass(std::uint64_t value) noexcept { return {.u64 = value}; }
  static penstock_value pass(double value) noexcept { return {.f64 = value}; }
  static penstock_value pass(const std::string& value) noexcept { return {.text = {value.c_str(), value.size()}}; }

  std::vector<penstock_value> values_;
  std::deque<std::vector<penstock_value>> lists_;  // a deque: pointers into it hold while it grows
};

std::string shown(const Argument& argument) {
  const plugin::Parameter& parameter = *argument.declared;
  if (!argument.veil.empty()) return parameter.name + " = " + argument.veil;
  const std::string value = canonical(parameter, argument.content);
  const bool has_unit = !parameter.unit.empty() && parameter.type != plugin::ValueType::duration;
  return parameter.name + " = " + (value.empty() ? "\"\"" : value) + (has_unit ? " " + parameter.unit : "");
}

/** The other arguments, at most four: those that somebody gave, and without a culprit the defaults behind them. */
std::string beside(const Argument* culprit, const std::vector<Argument>& arguments) {
  constexpr std::size_t most = 4;
  std::string listed;
  std::size_t count = 0;
  for (const bool defaults : {false, true})
    for (const Argument& argument : arguments) {
      if (&argument == culprit || (argument.reason == "default") != defaults) continue;
      if ((defaults && culprit != nullptr) || ++count > most) continue;
      listed += (listed.empty() ? "`" : ", `") + shown(argument) + "` (" + argument.reason + ")";
    }
  return count > most ? listed + " and " + std::to_string(count - most) + " more" : listed;
}

std::string advise_on_silence(const Node& node) {
  return "`penstock inspect " + node.description.type +
         "` says what each value means; ask the author of the plugin for a reason";
}

void report_refusal(const Node& node, const Failure& failure, Diagnostics& found) {
  const std::string why = failure.text.empty() ? "it gave no reason" : failure.text;
  const bool named = failure.where >= 0 && static_cast<std::size_t>(failure.where) < node.arguments.size();
  if (!named) {
    Diagnostic fault{.code = Code::PS0414,
                     .summary = "`" + node.description.name + "` refused its configuration: " + why,
                     .place = node.description.place};
    const std::string all = beside(nullptr, node.arguments);
    if (!all.empty()) fault.notes.push_back("it was given " + all);
    if (failure.text.empty()) fault.help.push_back(advise_on_silence(node));
    found.add(std::move(fault));
    return;
  }
  const Argument& culprit = node.arguments[static_cast<std::size_t>(failure.where)];
  Diagnostic fault{.code = Code::PS0414,
                   .summary = "`" + node.description.name + "` refused `" + shown(culprit) + "`: " + why,
                   .place = culprit.place};
  const std::string others = beside(&culprit, node.arguments);
  const bool is_written_there = culprit.reason == text(culprit.place);
  if (!is_written_there) fault.notes.push_back("`" + culprit.declared->name + "` comes from: " + culprit.reason);
  if (!others.empty()) fault.notes.push_back("beside it: " + others);
  if (failure.text.empty()) fault.help.push_back(advise_on_silence(node));
  found.add(std::move(fault));
}

bool create(Node& node, NodeHosts& hosts, Diagnostics& found) {
  node.host = &hosts.add(node.description.name, *node.type, node.partition);
  hosts.keep_secrets(*node.host, secrets_of(node));
  std::optional<Failure> failure;
  void* const self = call_plugin(
      node, "create", [&] { return node.loaded->methods.create(node.host); }, static_cast<void*>(nullptr), hosts,
      failure);
  if (self != nullptr) {
    node.instance.emplace(self, *node.loaded);
    return true;
  }
  const bool says_why = failure && !failure->text.empty();
  const std::string& made_by = node.type->manifest.class_name;
  Diagnostic fault{.code = Code::PS0413,
                   .summary = "`" + node.description.name +
                              "` could not be created: " + (says_why ? failure->text : "its plugin gave no reason"),
                   .place = node.description.place,
                   .notes = {"type `" + node.type->manifest.name + "` of " + node.type->library.string() + ": " +
                             (made_by.empty() ? "its `create`" : "the constructor of `" + made_by + '`') + " failed"}};
  if (!node.type->manifest.parameters.empty())
    fault.help.push_back(
        "parameters get their values later: if one is wanted there, that belongs to `configure` or `open`");
  found.add(std::move(fault));
  return false;
}

void announce(const Node& node, NodeHosts& hosts) {
  for (const Argument& argument : node.arguments) {
    ParameterValue value{.node = node.description.name,
                         .parameter = argument.declared->name,
                         .declared = argument.declared,
                         .text = "***",
                         .reason = argument.reason};
    if (!argument.declared->secret) {
      value.text = canonical(*argument.declared, argument.content);
      if (const auto* scalar = std::get_if<Scalar>(&argument.content)) value.scalar = *scalar;
    }
    hosts.parameter(value);
  }
}

}  // namespace

void configure(Node& node, NodeHosts& hosts, Diagnostics& found) {
  if (!create(node, hosts, found)) return;
  if (const auto configure = node.loaded->methods.configure; configure != nullptr) {
    const ValueArray values(node.arguments);
    std::optional<Failure> failure;
    const penstock_status status = call_plugin(
        node, "configure", [&] { return configure(node.instance->get(), values.get()); },
        penstock_status{PENSTOCK_FAILED}, hosts, failure);
    if (status != PENSTOCK_OK)
      return report_refusal(node, failure.value_or(Failure{.status = status, .text = {}}), found);
  }
  if (node.partition.index == 0) announce(node, hosts);  // of all partitions
}

}  // namespace penstock::pipeline
