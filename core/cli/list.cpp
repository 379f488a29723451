#include <algorithm>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"
#include "cli/type_text.hpp"
#include "plugin/gate.hpp"

namespace penstock::cli {
namespace {

using diagnostic::printable;
using plugin::Catalog;

/** By name; behind the one that runs here the same type as built for another system. */
std::vector<const plugin::ExportedType*> all_types(const Catalog& catalog) {
  std::vector<const plugin::ExportedType*> types = catalog.types();
  for (const plugin::ExportedType* type : catalog.foreign()) types.push_back(type);
  std::ranges::stable_sort(types, {}, [](const auto* type) { return std::string_view(type->manifest.name); });
  return types;
}

/** `plugins/clamp.dll, for Windows x86-64` */
std::string library_text(const plugin::ExportedType& type) {
  return type.library.string() + (type.built_for.empty() ? "" : ", for " + type.built_for);
}

/** With `all` also what a pipeline cannot use: types whose name is taken, libraries that export none. */
std::string table_of(const Catalog& catalog, bool all) {
  Table table({Align::left, Align::left, Align::left, Align::left});
  table.add({"TYPE", "INTERFACE", "COLUMNS", "LIBRARY"});
  const auto add = [&](const plugin::ExportedType& type, const std::string& remark) {
    table.add({printable(type.manifest.name), interface_text(type.manifest), printable(columns_text(type.manifest)),
               printable(library_text(type) + remark)});
  };
  for (const plugin::ExportedType* type : all_types(catalog)) add(*type, "");
  if (all) {
    for (const plugin::ExportedType& type : catalog.shadowed()) add(type, ", shadowed");
    for (const auto& library : catalog.others()) table.add({"-", "-", "no plugin", printable(library.string())});
  }
  return table.text();
}

/** The first of a name is used, and who meant the other should know. */
void report_shadowed(const Catalog& catalog, Diagnostics& found) {
  for (const plugin::ExportedType& type : catalog.shadowed()) {
    const plugin::ExportedType* first =
        type.built_for.empty() ? catalog.find(type.manifest.name) : catalog.find_foreign(type.manifest.name);
    found.add(plugin::taken_name(type, *first));
  }
}

std::string json_refused(const plugin::RefusedType& refused) {
  return JsonObject()
      .text_or_null("name", refused.name)
      .text("library", refused.library.string())
      .text_or_null("built_for", refused.built_for)
      .raw("types", json_array(refused.types, diagnostic::json_string))
      .raw("reasons", json_array(refused.reasons, diagnostic::render_json))
      .str();
}

std::string json_path(const std::filesystem::path& path) { return diagnostic::json_string(path.string()); }

std::string json_of(const plugin::PluginPath& path, const Catalog& catalog, const Diagnostics& found) {
  return JsonObject()
      .number("format", json_format)
      .raw("path", json_array(path, json_path))
      .raw("types", json_array(all_types(catalog), [](const plugin::ExportedType* type) { return type_json(*type); }))
      .raw("shadowed", json_array(catalog.shadowed(), type_json))
      .raw("refused", json_array(catalog.refused(), json_refused))
      .raw("others", json_array(catalog.others(), json_path))
      .raw("diagnostics", json_array(found, diagnostic::render_json))
      .str();
}

/** Nothing to list is said with where it was looked for. */
std::string nothing_found(const plugin::PluginPath& path, bool refused) {
  if (path.empty()) return "no plugin directory was given or found: name one with `--plugins`\n";
  std::string out = refused ? "no type was accepted in\n" : "no plugin is in\n";
  for (const auto& directory : path) out += "  " + printable(directory.string()) + '\n';
  return out;
}

}  // namespace

Status execute(const ListCommand& command, Terminal& terminal) {
  Diagnostics found;
  const plugin::PluginPath path = plugin::plugin_path(command.plugins, found);
  const Catalog catalog = plugin::admit(path, found);
  for (const plugin::ExportedType* type : all_types(catalog)) found.add_new(type->warnings);
  for (const plugin::ExportedType& type : catalog.shadowed()) found.add_new(type.warnings);
  report_shadowed(catalog, found);
  if (command.json) {
    terminal.out.write(json_of(path, catalog, found) + '\n');
    return Status::well;
  }
  terminal.report(found);
  for (const plugin::RefusedType& refused : catalog.refused()) terminal.report(refused.reasons);
  const bool shows_others = command.all && !catalog.others().empty();
  if (all_types(catalog).empty() && !shows_others) {
    terminal.say(nothing_found(path, !catalog.refused().empty()));
  } else {
    terminal.out.write(table_of(catalog, command.all));
  }
  if (const std::size_t others = catalog.others().size(); others > 0 && !command.all)
    terminal.say(std::to_string(others) + (others == 1 ? " library exports no type" : " libraries export no type") +
                 "; `penstock list --all` shows " + (others == 1 ? "it\n" : "them\n"));
  return Status::well;
}

}  // namespace penstock::cli
