#include "pipeline/unfit_column.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "batch/arrow_schema.hpp"
#include "diagnostic/suggest.hpp"
#include "pipeline/report.hpp"

namespace penstock::pipeline {
namespace {

using batch::Field;
using batch::Schema;
using diagnostic::Code;
using diagnostic::Diagnostic;
using diagnostic::ticked;
using plugin::Access;
using plugin::Column;
using plugin::Interface;

std::string name_of(const Node& node) { return ticked(node.description.name); }
/** `normalize` (plant.yaml:4:12) */
std::string name_and_place(const Node& node) { return name_of(node) + " (" + text(node.description.place) + ")"; }

const Rename* find_rename(const Node& node, const Column& column) {
  const auto& renames = node.description.columns;
  const auto found = std::ranges::find(renames, column.name, &Rename::plugin_name);
  return found == renames.end() ? nullptr : &*found;
}

bool has(const Schema& schema, const std::string& name, const Column& column) {
  const auto index = batch::find(schema, name);
  return index && schema[*index].type == type_of(column);
}

bool adds(const plugin::Manifest& manifest, const Column& column, const auto& is_called) {
  return std::ranges::any_of(manifest.columns, [&](const Column& one) {
    return one.access == Access::add && type_of(one) == type_of(column) && is_called(one.name);
  });
}

/** The node through which the column does not pass; nullptr: it never was there. */
const Node* find_stop(const Column& column, const std::string& name, const Surroundings& around) {
  const Node* stop = nullptr;
  for (const Node& node : around.before)
    if (has(node.wiring.in, name, column) && !batch::find(node.wiring.out, name)) stop = &node;
  return stop;
}

const Node* find_later_maker(const Column& column, const std::string& name, const Surroundings& around) {
  const auto makes = [&](const Node& node) {
    return node.type != nullptr && adds(node.type->manifest, column, [&](const std::string& own) {
             return node.description.to_pipeline(own) == name;
           });
  };
  const auto found = std::ranges::find_if(around.behind, makes);
  return found == around.behind.end() ? nullptr : &*found;
}

std::vector<std::string> types_that_make(const Column& column, const std::string& name, const Node& node,
                                         const Surroundings& around) {
  std::vector<std::string> names;
  for (const plugin::ExportedType* type : around.catalog.types())
    if (type->manifest.interface == Interface::stage && type->manifest.name != node.description.type &&
        adds(type->manifest, column, [&](const std::string& own) { return own == name; }))
      names.push_back(type->manifest.name);
  return names;
}

/** Of a column of the name that comes under another one: who gave it that, and the one. */
struct Renamed {
  const Node& by;
  const std::string& to;
};
std::optional<Renamed> find_renamed(const Node& node, const Column& column, const std::string& name,
                                    const Surroundings& around) {
  for (const Node& before : around.before)
    for (const Rename& rename : before.description.columns)
      if (rename.plugin_name == name && has(node.wiring.in, rename.pipeline_name, column))
        return Renamed{before, rename.pipeline_name};
  return std::nullopt;
}

/** Columns that come as the needed type. */
std::vector<std::string> fitting_columns(const Node& node, const Column& column) {
  std::vector<std::string> fitting;
  for (const Field& field : node.wiring.in)
    if (field.type == type_of(column)) fitting.push_back(field.name);
  return fitting;
}

std::string advise_to_rename(const std::string& subject, const Column& column, const std::string& name) {
  return "if " + subject + " is meant, write `columns: {" + column.name + ": " + name + "}`";
}

std::string advise_to_remove(const Rename& rename) {
  return "if `" + rename.plugin_name + "` is meant, remove `" + rename.plugin_name + ": " + rename.pipeline_name +
         "` from `columns:`";
}

/** What brings a missing column, surest first. A column that only has the right type is no answer: of many a column is
 *  the only one of its type. */
std::vector<std::string> advise_on_missing(const Node& node, const Column& column, const std::string& name,
                                           const Surroundings& around) {
  const bool can_move = node.description.role == Interface::stage;
  if (const Node* stop = find_stop(column, name, around); stop != nullptr && can_move)
    return {"move " + name_of(node) + " before " + name_and_place(*stop)};
  if (const Node* maker = find_later_maker(column, name, around))
    return {name_and_place(*maker) + " makes it: move it before " + name_of(node)};
  if (const auto renamed = find_renamed(node, column, name, around))
    return {name_and_place(renamed->by) + " calls it " + ticked(renamed->to) + ": write `columns: {" + column.name +
            ": " + renamed->to + "}`"};

  std::vector<std::string> advice;
  if (const auto types = types_that_make(column, name, node, around); types.size() == 1)
    advice.push_back("type " + ticked(types.front()) + " makes it: add it before " + name_of(node));
  else if (!types.empty())
    advice.push_back("types " + list_of(types, 4) + " make it: add one of them before " + name_of(node));
  const std::vector<std::string> fitting = fitting_columns(node, column);
  const Rename* rename = find_rename(node, column);
  if (const auto near = diagnostic::near_names(name, fitting); !near.empty() && near.front() != column.name)
    advice.push_back(advise_to_rename(ticked(near.front()), column, near.front()));
  else if (rename != nullptr && std::ranges::find(fitting, column.name) != fitting.end())
    advice.push_back(advise_to_remove(*rename));
  if (!advice.empty()) return advice;
  if (!fitting.empty()) advice.push_back(advise_to_rename("a column that comes", column, "NAME"));
  advice.push_back("add a stage that makes it before " + name_of(node) + "; no other stage that was found does");
  return advice;
}

/** The last node before that adds the column. */
const Node* find_maker(const std::string& name, const Surroundings& around) {
  const auto makes = [&](const Node& node) {
    const auto index = batch::find(node.wiring.out, name);
    return index && std::ranges::any_of(node.wiring.bindings, [&](const Binding& binding) {
             return binding.access == Access::add && binding.column == *index;
           });
  };
  const auto found = std::find_if(around.before.rbegin(), around.before.rend(), makes);
  return found == around.before.rend() ? nullptr : &*found;
}

/** What an author writes in C++; empty: in another way. */
std::string_view cpp_name(batch::Type type) {
  using batch::Type;
  switch (type) {
    case Type::boolean: return "bool";
    case Type::i8: return "std::int8_t";
    case Type::i16: return "std::int16_t";
    case Type::i32: return "std::int32_t";
    case Type::i64: return "std::int64_t";
    case Type::u8: return "std::uint8_t";
    case Type::u16: return "std::uint16_t";
    case Type::u32: return "std::uint32_t";
    case Type::u64: return "std::uint64_t";
    case Type::f32: return "float";
    case Type::f64: return "double";
    case Type::time: return "penstock::Time";
    case Type::duration: return "penstock::Duration";
    case Type::key: return "penstock::Key";
    case Type::text: return "std::string_view";
    case Type::bytes: break;
  }
  return {};
}

/** What an author makes of a value of a type that C++ does not have itself; empty: it has. */
std::string_view use_of(batch::Type type) {
  using enum batch::Type;
  switch (type) {
    case time: return "its `ns` are the nanoseconds since 1970";
    case duration: return "its `count()` is of nanoseconds";
    case key: return "`batch.text(&Record::x, r.x)` gives its text";
    default: return {};
  }
}

/** ``key (`penstock::Key` in C++)``, and with its use ``time (`penstock::Time` in C++; its `ns` are ...)`` */
std::string as_type(batch::Type type, std::string_view use = {}) {
  const std::string_view cpp = cpp_name(type);
  if (cpp.empty()) return std::string(batch::name(type));
  return std::string(batch::name(type)) + " (`" + std::string(cpp) + "` in C++" + (use.empty() ? "" : "; ") +
         std::string(use) + ")";
}

}  // namespace

std::optional<batch::Type> type_of(const Column& column) {
  if (const auto type = batch::find_type(column.type)) return type;
  return batch::find_arrow_type(column.type);
}

std::string maker_of(const std::string& name, const Surroundings& around) {
  const Node* maker = find_maker(name, around);
  return maker == nullptr ? "" : name_and_place(*maker);
}

std::string described(const Schema& schema) {
  std::vector<std::string> fields;
  for (const Field& field : schema) fields.push_back(field.name + " " + std::string(batch::name(field.type)));
  return fields.empty() ? "no columns" : list_of(fields);
}

Diagnostic missing_column(const Node& node, const Column& column, const Surroundings& around) {
  const std::string& name = node.description.to_pipeline(column.name);
  const Node* stop = find_stop(column, name, around);
  const std::string why = stop == nullptr ? "no node before it makes one" : name_of(*stop) + " does not pass it on";
  const Rename* rename = find_rename(node, column);
  return {.code = Code::PS0415,
          .summary = name_of(node) + " needs a column `" + name + "`, and " + why,
          .place = rename == nullptr ? node.description.place : rename->place,
          .comparisons = {{name, column.type + (column.doc.empty() ? "" : ", " + column.doc), {}}},
          .notes = {"what comes there: " + described(node.wiring.in)},
          .help = advise_on_missing(node, column, name, around)};
}

Diagnostic mistyped_column(const Node& node, const Column& column, std::size_t came, const Surroundings& around) {
  const Field& field = node.wiring.in[came];
  const std::string is(batch::name(field.type));
  const Rename* rename = find_rename(node, column);
  Diagnostic fault{
      .code = Code::PS0416,
      .summary = name_of(node) + " needs the column `" + field.name + "` as " + column.type + ", and it is " + is,
      .place = rename == nullptr ? node.description.place : rename->place,
      .comparisons = {{field.name, column.type, is}}};
  const Node* maker = find_maker(field.name, around);
  if (maker != nullptr) fault.notes.push_back(name_and_place(*maker) + " makes it");

  const std::vector<std::string> fitting = fitting_columns(node, column);
  const bool own_comes = std::ranges::find(fitting, column.name) != fitting.end();
  if (rename != nullptr && own_comes) {
    fault.help.push_back(advise_to_remove(*rename));
    return fault;
  }
  if (!fitting.empty())
    fault.help.push_back(fitting.size() == 1 ? advise_to_rename(ticked(fitting.front()), column, fitting.front())
                                             : advise_to_rename("one of " + list_of(fitting, 4), column, "NAME"));
  const auto needed = type_of(column);
  const std::string wanted = needed ? as_type(*needed) : column.type;
  if (maker != nullptr)
    fault.help.push_back("let the plugin of " + name_of(*maker) + " make it as " + wanted + ", or that of " +
                         name_of(node) + " take it as " + as_type(field.type, use_of(field.type)) + ", and rebuild");
  return fault;
}

}  // namespace penstock::pipeline
