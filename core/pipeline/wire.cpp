#include "pipeline/wire.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "batch/arrow_schema.hpp"
#include "diagnostic/suggest.hpp"
#include "pipeline/call.hpp"
#include "pipeline/report.hpp"
#include "pipeline/unfit_column.hpp"

namespace penstock::pipeline {
namespace {

using batch::Field;
using batch::Schema;
using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Access;
using plugin::Column;
using plugin::Interface;

std::vector<std::string> names_of(const Schema& schema) {
  std::vector<std::string> names;
  for (const Field& field : schema) names.push_back(field.name);
  return names;
}

/** Wires one node. */
class NodeWirer {
 public:
  NodeWirer(Node& node, const Surroundings& around, NodeHosts& hosts, std::set<std::string>& missed, Diagnostics& found)
      : node_(node), manifest_(node.type->manifest), around_(around), hosts_(hosts), missed_(missed), found_(found) {}

  /** What comes in is `in`, or unknown; what goes out comes back, or is unknown. */
  std::optional<Schema> run(const std::optional<Schema>& in) {
    node_.wiring = {};
    knows_inputs_ = in.has_value();
    if (in) node_.wiring.in = *in;
    if (in) bind_inputs();
    const bool learns_at_bind = manifest_.find_method("bind") != nullptr;
    if (learns_at_bind && !node_.instance) {
      // Only the instance knows what it adds, except that a sink adds nothing.
      if (is(Interface::sink)) check_renames();
      return std::nullopt;
    }
    std::optional<Schema> added = declared_additions();
    if (learns_at_bind) {
      auto bound = bind();
      if (!bound) return std::nullopt;
      if (*bound) {
        added = std::move(**bound);
        std::erase_if(node_.wiring.bindings, [](const Binding& binding) { return binding.access == Access::add; });
        for (std::size_t i = 0; i < added->size(); ++i) node_.wiring.bindings.push_back({.access = Access::add});
      }
    }
    check_renames();
    if (!in && !makes_all()) return std::nullopt;
    return assemble_output(std::move(*added));
  }

 private:
  [[nodiscard]] bool is(Interface interface) const { return node_.description.role == interface; }
  /** What goes out is exactly what the node adds. */
  [[nodiscard]] bool makes_all() const {
    return is(Interface::source) || (is(Interface::stage) && manifest_.rows == plugin::Rows::any);
  }

  Diagnostic about(Code code, std::string summary) const {
    return {.code = code, .summary = std::move(summary), .place = node_.description.place};
  }
  [[nodiscard]] std::string node_name() const { return "`" + node_.description.name + "`"; }

  /** Bindings in the order of the manifest; with `column:*` one for each column that comes, then the additions. */
  void bind_inputs() {
    std::vector<Binding>& bindings = node_.wiring.bindings;
    const auto every = std::ranges::find_if(manifest_.columns, plugin::is_every);
    const bool takes_every = every != manifest_.columns.end();
    // Who takes whatever comes takes nulls too.
    if (takes_every)
      for (std::size_t i = 0; i < node_.wiring.in.size(); ++i) bindings.push_back({i, every->access, false});
    for (const Column& column : manifest_.columns) {
      if (is_every(column)) continue;
      if (column.access == Access::add) {
        bindings.push_back({.access = Access::add});
        continue;
      }
      const auto binding = find_input(column);
      if (!binding) continue;
      if (takes_every)
        bindings[binding->column] = *binding;
      else
        bindings.push_back(*binding);
    }
    find_key();
    report_shared_writes();
  }

  /** A key that only `column:*` covers must be among what comes; a declared one was looked for with its column. */
  void find_key() {
    const auto is_key = [&](const Column& column) {
      return column.name == manifest_.key && column.access != Access::add;
    };
    if (manifest_.state != plugin::State::keyed || !manifest_.takes_every_column()) return;
    if (std::ranges::any_of(manifest_.columns, is_key)) return;
    const Column key{.name = manifest_.key, .type = "key", .doc = "the key of its state"};
    const std::string& name = node_.description.to_pipeline(key.name);
    if (!batch::find(node_.wiring.in, name) && missed_.insert(name).second)
      found_.add(missing_column(node_, key, around_));
  }

  std::optional<Binding> find_input(const Column& column) {
    const Schema& in = node_.wiring.in;
    const std::string& name = node_.description.to_pipeline(column.name);
    const auto index = batch::find(in, name);
    if (!index) {
      if (missed_.insert(name).second) found_.add(missing_column(node_, column, around_));
      return std::nullopt;
    }
    const Field& field = in[*index];
    if (type_of(column) != field.type) {
      found_.add(mistyped_column(node_, column, *index, around_));
      return std::nullopt;
    }
    return Binding{*index, column.access, field.nullable && !column.nullable};
  }

  /** Two names of the plugin for one column are harmless while both only read. */
  void report_shared_writes() {
    std::set<std::size_t> seen, written;
    for (const Binding& binding : node_.wiring.bindings) {
      if (binding.access == Access::add) continue;
      const bool again = !seen.insert(binding.column).second;
      if (binding.access == Access::write) written.insert(binding.column);
      if (again && written.contains(binding.column)) report_shared_write(node_.wiring.in[binding.column].name);
    }
  }

  void report_shared_write(const std::string& name) {
    std::vector<std::string> own;
    for (const Column& column : manifest_.columns)
      if (column.access != Access::add && !is_every(column) && node_.description.to_pipeline(column.name) == name)
        own.push_back(column.name);
    Diagnostic fault = about(Code::PS0417, node_name() + " would write the column `" + name + "` under two names" +
                                               (own.size() < 2 ? "" : ", " + list_of(own)));
    fault.help.push_back("give each a column of its own with `columns: {NAME_OF_THE_PLUGIN: NAME_IN_THE_PIPELINE}`");
    found_.add(std::move(fault));
  }

  /** The declared additions under the pipeline's names. */
  Schema declared_additions() {
    Schema added;
    for (const Column& column : manifest_.columns) {
      if (column.access != Access::add) continue;
      added_.push_back(column.name);
      const auto type = type_of(column);
      if (!type)
        found_.add(about(Code::PS0404, node_name() + " adds `" + column.name + "` of type `" + column.type +
                                           "`, which this version cannot make"));
      added.push_back({node_.description.to_pipeline(column.name), type.value_or(batch::Type::f64), column.nullable});
    }
    return added;
  }

  /** Nothing: refused, and reported. Else what the plugin put in the place of its declared additions, if it did. */
  std::optional<std::optional<Schema>> bind() {
    const Schema shown = shown_inputs();
    if (reports_name_twice(shown)) return std::nullopt;
    const batch::BorrowedSchema in(shown);
    batch::GivenSchema out;
    const auto call = node_.loaded->methods.bind;
    std::optional<Failure> failure;
    const penstock_status status = call_plugin(
        node_, "bind",
        [&] {
          return call(node_.instance->get(), is(Interface::source) ? nullptr : in.get(),
                      is(Interface::sink) ? nullptr : out.get());
        },
        penstock_status{PENSTOCK_FAILED}, hosts_, failure);
    if (status != PENSTOCK_OK) {
      report_refusal(failure.value_or(Failure{.status = status, .text = {}}), shown);
      return std::nullopt;
    }
    if (!out.is_filled()) return std::optional<Schema>();
    std::string fault;
    auto given = batch::read_schema(*out.get(), fault);
    if (!given) {
      found_.add(about(Code::PS0419, "the schema that " + node_name() + " gave " + fault));
      return std::nullopt;
    }
    if (is(Interface::stage) && !makes_all() && adds_variable_width(*given)) return std::nullopt;
    added_ = names_of(*given);
    for (Field& field : *given) field.name = node_.description.to_pipeline(field.name);
    return given;
  }

  /** The gate has refused this of declared columns: where rows pass on, only fixed width has memory to fill. */
  bool adds_variable_width(const Schema& given) {
    const auto field = std::ranges::find_if(given, [](const Field& one) { return batch::is_variable(one.type); });
    if (field == given.end()) return false;
    Diagnostic fault = about(Code::PS0419, "the schema that " + node_name() + " gave adds `" + field->name +
                                               "` to rows that pass on, where a column has a fixed width");
    fault.comparisons.push_back(
        {field->name, "a type of fixed width, such as key", std::string(batch::name(field->type))});
    fault.help.emplace_back("change the type's `bind`, or give it `rows:any`: rows of its own may hold text and bytes");
    found_.add(std::move(fault));
    return true;
  }

  /** What the plugin is shown, under its own names, and with nulls only where it takes them. */
  Schema shown_inputs() const {
    Schema shown;
    std::size_t declared = 0;
    for (const Binding& binding : node_.wiring.bindings) {
      if (binding.access == Access::add) continue;
      const Field& field = node_.wiring.in[binding.column];
      shown.push_back({field.name, field.type, field.nullable && !binding.reject_nulls});
    }
    if (manifest_.takes_every_column()) {
      for (Field& field : shown) field.name = node_.description.to_plugin(field.name);
      return shown;
    }
    for (const Column& column : manifest_.columns)
      if (column.access != Access::add) shown[declared++].name = column.name;
    return shown;
  }

  void report_refusal(const Failure& failure, const Schema& shown) {
    const bool named = failure.where >= 0 && static_cast<std::size_t>(failure.where) < manifest_.columns.size();
    std::string column;
    if (manifest_.takes_every_column() && failure.where >= 0 && static_cast<std::size_t>(failure.where) < shown.size())
      column = shown[static_cast<std::size_t>(failure.where)].name;
    else if (named)
      column = manifest_.columns[static_cast<std::size_t>(failure.where)].name;
    const std::string why = failure.text.empty() ? "it gave no reason" : failure.text;
    Diagnostic fault =
        about(Code::PS0419, node_name() + " refused " +
                                (column.empty() ? "its columns" : "the column `" + column + "`") + ": " + why);
    if (!is(Interface::source)) fault.notes.push_back("what comes there: " + described(node_.wiring.in));
    found_.add(std::move(fault));
  }

  bool reports_name_twice(const Schema& shown) {
    for (std::size_t second = 0; second < shown.size(); ++second) {
      const std::size_t first = *batch::find(shown, shown[second].name);
      if (first == second) continue;
      const std::string one = came(first), other = came(second);
      Diagnostic fault = about(Code::PS0417, node_name() + " would see two columns `" + shown[first].name + "`, `" +
                                                 one + "` and `" + other + "`");
      fault.help.push_back(
          "give one of them another name: `columns: {NAME: " + (other == shown[first].name ? one : other) + "}`");
      found_.add(std::move(fault));
      return true;
    }
    return false;
  }

  /** How the pipeline calls the column that the plugin is shown at `index`. */
  [[nodiscard]] const std::string& came(std::size_t index) const {
    for (const Binding& binding : node_.wiring.bindings)
      if (binding.access != Access::add && index-- == 0) return node_.wiring.in[binding.column].name;
    return node_.description.name;
  }

  void check_renames() {
    const bool of_every = manifest_.takes_every_column();
    if (of_every && !knows_inputs_) return;
    std::vector<std::string> known;
    for (const Column& column : manifest_.columns)
      if (!is_every(column) && column.access != Access::add) known.push_back(column.name);
    for (const std::string& name : added_)
      if (std::ranges::find(known, name) == known.end()) known.push_back(name);
    for (const Rename& rename : node_.description.columns) {
      if (std::ranges::find(known, rename.plugin_name) != known.end()) continue;
      if (of_every && batch::find(node_.wiring.in, rename.pipeline_name)) continue;

      Diagnostic fault{.code = Code::PS0418,
                       .summary = of_every ? "no column `" + rename.pipeline_name + "` comes to " + node_name()
                                           : node_name() + " has no column `" + rename.plugin_name + "`",
                       .place = rename.place};
      const std::vector<std::string> choices = of_every ? names_of(node_.wiring.in) : known;
      fault.notes.push_back((of_every ? "what comes there: " : "its columns are ") +
                            (choices.empty() ? "none" : list_of(choices)));
      fault.notes.push_back("`columns:` is written {NAME_OF_THE_PLUGIN: NAME_IN_THE_PIPELINE}");
      const std::string& wrong = of_every ? rename.pipeline_name : rename.plugin_name;
      if (!diagnostic::near_names(wrong, choices).empty())
        fault.help.push_back(diagnostic::suggest(wrong, choices));
      else if (!of_every && std::ranges::find(known, rename.pipeline_name) != known.end())
        fault.help.push_back("write it the other way round: `columns: {" + rename.pipeline_name + ": " +
                             rename.plugin_name + "}`");
      found_.add(std::move(fault));
    }
  }

  std::optional<Schema> assemble_output(Schema added) {
    if (is(Interface::sink)) return Schema{};
    Schema& out = node_.wiring.out;
    if (!makes_all()) {
      out = node_.wiring.in;
      for (const Binding& binding : node_.wiring.bindings)
        if (binding.access == Access::write && may_write_nulls(binding)) out[binding.column].nullable = true;
    }
    std::vector<Binding>& bindings = node_.wiring.bindings;
    auto binding = bindings.begin();
    for (Field& field : added) {
      binding = std::find_if(binding, bindings.end(), [](const Binding& b) { return b.access == Access::add; });
      if (batch::find(out, field.name)) report_existing(field.name);
      if (binding != bindings.end()) (binding++)->column = out.size();
      out.push_back(std::move(field));
    }
    return out;
  }

  bool may_write_nulls(const Binding& binding) const {
    const std::string& name = node_.description.to_plugin(node_.wiring.in[binding.column].name);
    const auto declared = std::ranges::find_if(manifest_.columns, [&](const Column& column) {
      return column.access == Access::write && (column.name == name || is_every(column));
    });
    return declared != manifest_.columns.end() && (declared->nullable || is_every(*declared));
  }

  void report_existing(const std::string& name) {
    const std::string& own = node_.description.to_plugin(name);
    Diagnostic fault = about(Code::PS0417, node_name() + " adds a column `" + name + "`, and there is one already");
    if (std::string maker = maker_of(name, around_); !maker.empty()) fault.notes.push_back(maker + " makes that one");
    fault.help.push_back("to have both, write `columns: {" + own + ": " + name + "_2}` at " + node_name() +
                         ": its own is then called `" + name + "_2`");
    fault.help.push_back("to have one, remove the node that is not needed");
    fault.help.push_back(
        "to change the one that comes, let the plugin declare it as written, not as added: in C++ `PENSTOCK_WRITES`");
    found_.add(std::move(fault));
  }

  Node& node_;
  const plugin::Manifest& manifest_;
  Surroundings around_;
  NodeHosts& hosts_;
  std::set<std::string>& missed_;  // names reported as missing further up: one cause, one error
  Diagnostics& found_;
  bool knows_inputs_ = false;
  std::vector<std::string>
      added_;  // as the plugin calls it; where `bind` gave a schema, the declared additions are gone
};

}  // namespace

void wire(std::vector<Node>& nodes, const plugin::Catalog& catalog, NodeHosts& hosts, Diagnostics& found) {
  std::optional<Schema> columns;  // between two nodes; unknown where it depends on something that is not known
  std::set<std::string> missed;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Node& node = nodes[i];
    if (node.type == nullptr) {
      columns.reset();
      continue;
    }
    if (node.description.role == Interface::source) columns = Schema{};
    const std::span all(nodes);
    const Surroundings around{all.first(i), all.subspan(i + 1), catalog};
    columns = NodeWirer(node, around, hosts, missed, found).run(columns);
  }
}

void wire_copy(Node& copy, NodeHosts& hosts, Diagnostics& found) {
  std::set<std::string> missed;
  const Schema expected = copy.wiring.out;
  const Schema in = copy.wiring.in;
  const plugin::Catalog nothing;  // what comes is what came to the first
  (void)NodeWirer(copy, {{}, {}, nothing}, hosts, missed, found).run(in);
  if (found.has_errors() || copy.wiring.out == expected) return;
  found.add({.code = Code::PS0419,
             .summary = "the instances of `" + copy.description.name + "` add different columns",
             .place = copy.description.place,
             .notes = {"the first: " + described(expected), "another: " + described(copy.wiring.out)}});
}

}  // namespace penstock::pipeline
