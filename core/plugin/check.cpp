#include "plugin/check.hpp"

#include <algorithm>
#include <iterator>

#include "diagnostic/suggest.hpp"
#include "plugin/interface.hpp"
#include "plugin/pair_names.hpp"

namespace penstock::plugin {
namespace {

using diagnostic::Code;
using diagnostic::Comparison;
using diagnostic::Diagnostic;
using diagnostic::Severity;
using diagnostic::ticked;

/** `a`, then `a and b`, then `a, b and c`. */
std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

/** The judgement of one type, part by part. */
class Check {
 public:
  Check(const InspectedType& type, const std::string& file, Diagnostics& found)
      : type_(type), manifest_(*type.manifest), file_(file), found_(found) {}

  void run() {
    if (!check_versions()) return;  // its methods belong to an interface that we do not know
    check_methods();
    if (type_.rows) {
      check_rows();
      check_pointers();
    }
    check_definitions();
  }

 private:
  Diagnostic refusal(Code code, std::string summary) const {
    return {.code = code, .summary = std::move(summary), .place = {.file = file_}};
  }

  /** Adds `fault` with what to do, unless there is nothing in it. A long table is cut: who has twenty wrong methods has
   *  one cause for all. */
  void add(Diagnostic fault, const std::vector<std::string>& advice) {
    constexpr std::size_t most_rows_shown = 16;
    if (fault.comparisons.empty()) return;
    if (fault.comparisons.size() > most_rows_shown) {
      fault.notes.push_back("and " + std::to_string(fault.comparisons.size() - most_rows_shown) + " more like these");
      fault.comparisons.resize(most_rows_shown);
    }
    if (!advice.empty() && advice.size() <= 4) fault.help.push_back(joined(advice) + ", then rebuild");
    found_.add(std::move(fault));
  }

  bool check_versions() {
    const bool knows_interface = is_supported(manifest_.interface_version);
    const bool knows_sdk = manifest_.sdk == Version{} || is_supported(manifest_.sdk);
    if (knows_interface && knows_sdk) return true;
    Diagnostic unsupported = refusal(
        Code::PS0205, "type " + ticked(type_.name) + " is built for a version of Penstock that is not supported");
    const std::string major = std::to_string(host_version.major);
    const std::string known = host_version.minor == 0 ? text(host_version) : major + ".0 to " + text(host_version);
    const std::string interface(name(manifest_.interface));
    if (!knows_interface)
      unsupported.comparisons.push_back(
          {"interface", interface + ' ' + known, interface + ' ' + text(manifest_.interface_version)});
    if (!knows_sdk) unsupported.comparisons.push_back({"sdk", known, text(manifest_.sdk)});
    unsupported.help.push_back("use a newer Penstock, or rebuild with the SDK of this one");
    add(std::move(unsupported), {});
    return false;
  }

  [[nodiscard]] bool has_row(std::string_view method) const {
    return type_.rows && std::any_of(type_.rows->begin(), type_.rows->end(),
                                     [&](const MethodRow& row) { return row.name == method; });
  }

  /** Why this type cannot do without a method that others leave out; empty if it can. */
  [[nodiscard]] std::string_view need_for(const MethodRule& rule) const {
    if (rule.name == "configure" && !manifest_.parameters.empty()) return "needed: the type has parameters";
    if (rule.name == "bind" && manifest_.takes_every_column()) return "needed: the type takes every column";
    return {};
  }

  void check_methods() {
    std::vector<std::string> missing, unknown;
    for (const MethodRule& rule : methods_of(manifest_.interface)) {
      const bool needed = rule.required || !need_for(rule).empty();
      // A row without a `method:` line is a difference between the two, and check_rows says so.
      if (needed && manifest_.find_method(rule.name) == nullptr && !has_row(rule.name)) missing.emplace_back(rule.name);
    }
    bool has_other_signature = false;
    for (const Method& method : manifest_.methods) {
      const MethodRule* const rule = find_rule(manifest_.interface, method.name);
      if (rule == nullptr)
        unknown.push_back(method.name);
      else
        has_other_signature = has_other_signature || is_other_signature(method, *rule);
    }
    if (missing.empty() && unknown.empty() && !has_other_signature) return;  // as nearly always

    Diagnostic fault =
        refusal(Code::PS0201, "type " + ticked(type_.name) + " does not conform to interface " +
                                  ticked(name(manifest_.interface)) + ' ' + text(manifest_.interface_version));
    std::vector<std::string> advice, strangers;
    for (const NamePair& pair : pair_names(missing, unknown)) {
      if (pair.missing.empty()) {
        strangers.push_back(pair.extra);
        continue;
      }
      const MethodRule& rule = *find_rule(manifest_.interface, pair.missing);
      const std::string expected = pair.missing + std::string(rule.signature);
      if (!pair.extra.empty()) {
        fault.comparisons.push_back(
            {pair.missing, expected, pair.extra + manifest_.find_method(pair.extra)->signature, "a near miss"});
        advice.push_back("rename " + ticked(pair.extra) + " to " + ticked(pair.missing));
      } else {
        fault.comparisons.push_back({pair.missing, expected, {}, std::string(need_for(rule))});
        advice.push_back("add " + ticked(pair.missing) + " (`penstock explain " +
                         std::string(name(manifest_.interface)) + "` shows it)");
      }
    }
    compare_signatures(fault, advice);
    const bool refused = !fault.comparisons.empty();
    if (refused)
      for (const std::string& stranger : strangers)
        if (const std::string hint = hint_for(stranger); !hint.empty() && fault.notes.empty())
          fault.notes.push_back(hint);
    add(std::move(fault), advice);
    if (!refused) warn_of(strangers);
  }

  /** An empty one is a fault of the manifest, and told there. */
  static bool is_other_signature(const Method& method, const MethodRule& rule) {
    return !method.signature.empty() && method.signature != rule.signature;
  }

  void compare_signatures(Diagnostic& fault, std::vector<std::string>& advice) const {
    for (const Method& method : manifest_.methods) {
      const MethodRule* rule = find_rule(manifest_.interface, method.name);
      if (rule == nullptr || !is_other_signature(method, *rule)) continue;
      fault.comparisons.push_back({method.name, method.name + std::string(rule->signature),
                                   method.name + method.signature, "another signature"});
      advice.push_back("give " + ticked(method.name) + " the signature " + ticked(rule->signature));
    }
  }

  /** Nothing for a name that resembles no method of the interface. */
  [[nodiscard]] std::string hint_for(const std::string& stranger) const {
    std::vector<std::string> known;
    for (const MethodRule& rule : methods_of(manifest_.interface)) known.emplace_back(rule.name);
    if (diagnostic::near_names(stranger, known).empty()) return {};
    return ticked(stranger) + " is no method of " + ticked(name(manifest_.interface)) + ": " +
           diagnostic::suggest(stranger, known);
  }

  /** Never called, and nothing else is wrong: the author should know, and the type works without it. */
  void warn_of(const std::vector<std::string>& strangers) {
    if (strangers.empty()) return;
    Diagnostic warning = refusal(Code::PS0207, "type " + ticked(type_.name) + " has a method " +
                                                   ticked(strangers.front()) + " that no one will call");
    if (strangers.size() > 1)
      warning.notes.push_back("the same holds for " + std::to_string(strangers.size() - 1) + " more of its methods");
    const std::string hint = hint_for(strangers.front());
    warning.help.push_back(
        hint.empty() ? "remove it: interface " + ticked(name(manifest_.interface)) + " has no such method" : hint);
    warning.severity = Severity::warning;
    found_.add(std::move(warning));
  }

  [[nodiscard]] std::string advise_on_undeclared(const std::string& row) const {
    const MethodRule* rule = find_rule(manifest_.interface, row);
    if (rule == nullptr) return "remove the row " + ticked(row);
    const auto at = std::ranges::find(*type_.rows, row, &MethodRow::name);
    const std::string place = at == type_.rows->begin() ? "before the first `method:` line"
                                                        : "behind the line `method:" + std::prev(at)->name + '`';
    return "add a line `method:" + row + "` with the label `signature:" + std::string(rule->signature) + "` " + place;
  }

  /** The rows stand in the order of the `method:` lines. */
  void check_rows() {
    if (std::ranges::equal(manifest_.methods, *type_.rows, {}, &Method::name, &MethodRow::name)) return;
    std::vector<std::string> declared, rows;
    for (const Method& method : manifest_.methods) declared.push_back(method.name);
    for (const MethodRow& row : *type_.rows) rows.push_back(row.name);
    Diagnostic fault = refusal(Code::PS0203, "the rows of type " + ticked(type_.name) + " differ from its manifest");
    std::vector<std::string> advice;
    for (const NamePair& pair : pair_names(only_in(declared, rows), only_in(rows, declared))) {
      const std::string& subject = pair.missing.empty() ? pair.extra : pair.missing;
      const std::string row = pair.extra.empty() ? "" : "a row " + ticked(pair.extra);
      fault.comparisons.push_back(
          {subject, pair.missing.empty() ? "no row: there is no `method:` line" : "a row " + ticked(pair.missing), row,
           pair.missing.empty() || pair.extra.empty() ? "" : "a near miss"});
      if (pair.missing.empty())
        advice.push_back(advise_on_undeclared(pair.extra));
      else if (pair.extra.empty())
        advice.push_back("add a row " + ticked(pair.missing) +
                         " before the first row of NULLs, which ends the table, or remove its `method:` line");
      else
        advice.push_back("rename the row " + ticked(pair.extra) + " to " + ticked(pair.missing));
    }
    if (fault.comparisons.empty()) {
      const auto [line, row] = std::mismatch(declared.begin(), declared.end(), rows.begin(), rows.end());
      fault.comparisons.push_back({"row " + std::to_string(line - declared.begin() + 1), ticked(*line), ticked(*row)});
      advice.emplace_back("put the rows in the order of the `method:` lines");
    }
    add(std::move(fault), advice);
  }

  static std::vector<std::string> only_in(std::vector<std::string> here, std::vector<std::string> there) {
    std::vector<std::string> sorted_here = here, only;
    std::sort(sorted_here.begin(), sorted_here.end());
    std::sort(there.begin(), there.end());
    std::vector<std::string> difference;
    std::set_difference(sorted_here.begin(), sorted_here.end(), there.begin(), there.end(),
                        std::back_inserter(difference));
    for (const std::string& name : here) {  // in the order of the table, which is how its author thinks of it
      const auto at = std::lower_bound(difference.begin(), difference.end(), name);
      if (at == difference.end() || *at != name) continue;
      only.push_back(name);
      difference.erase(at);
    }
    return only;
  }

  void check_pointers() {
    if (std::ranges::none_of(*type_.rows, &MethodRow::null)) return;
    Diagnostic fault = refusal(Code::PS0202, {});
    std::vector<std::string> advice;
    for (const MethodRow& row : *type_.rows) {
      if (!row.null) continue;
      const MethodRule* rule = find_rule(manifest_.interface, row.name);
      fault.comparisons.push_back(
          {row.name, "a function " + row.name + std::string(rule == nullptr ? "" : rule->signature), "NULL"});
      const bool optional = rule != nullptr && !rule->required;
      advice.push_back("point the row " + ticked(row.name) + " at its function" + (optional ? " or leave it out" : ""));
    }
    const std::size_t count = fault.comparisons.size();
    fault.summary = count == 1
                        ? "method " + ticked(fault.comparisons.front().subject) + " of type " + ticked(type_.name) +
                              " is a NULL pointer"
                        : std::to_string(count) + " methods of type " + ticked(type_.name) + " are NULL pointers";
    add(std::move(fault), advice);
  }

  void check_definitions() {
    if (type_.undefined.empty()) return;
    const std::string of_class = manifest_.class_name.empty() ? "" : "class " + ticked(manifest_.class_name) + " of ";
    Diagnostic fault =
        refusal(Code::PS0204, of_class + "type " + ticked(type_.name) + " declares what no code defines");
    for (const std::string& member : type_.undefined) fault.comparisons.push_back({member, "a definition", {}});
    fault.notes.emplace_back("the library cannot be loaded, so none of its types can be used");
    fault.help.emplace_back("define it, or link the file or library that does, then rebuild");
    add(std::move(fault), {});
  }

  const InspectedType& type_;
  const Manifest& manifest_;
  const std::string& file_;
  Diagnostics& found_;
};

}  // namespace

Diagnostics check(const InspectedType& type, const std::string& file) {
  Diagnostics found = type.faults;
  if (type.manifest) Check(type, file, found).run();
  return found;
}

}  // namespace penstock::plugin
