#include <algorithm>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"
#include "plugin/gate.hpp"

namespace penstock::cli {
namespace {

using diagnostic::printable;
using plugin::Catalog;

std::string interface_text(const plugin::Manifest& manifest) {
  return std::string(plugin::name(manifest.interface)) + ' ' + plugin::text(manifest.interface_version);
}

/** `reads sensor_id, value; adds rolling_avg` */
std::string columns_text(const plugin::Manifest& manifest) {
  std::string out;
  const auto append = [&](plugin::Access access, std::string_view verb) {
    std::string names;
    for (const plugin::Column& column : manifest.columns) {
      if (column.access != access) continue;
      names += (names.empty() ? "" : ", ") + (column.name == "*" ? "every column" : column.name);
    }
    if (names.empty()) return;
    out += out.empty() ? "" : "; ";
    out.append(verb).append(" ").append(names);
  };
  append(plugin::Access::read, "reads");
  append(plugin::Access::write, "writes");
  append(plugin::Access::add, "adds");
  return out;
}

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

std::string table_of(const Catalog& catalog) {
  Table table({Align::left, Align::left, Align::left, Align::left});
  table.add({"TYPE", "INTERFACE", "COLUMNS", "LIBRARY"});
  for (const plugin::ExportedType* type : all_types(catalog)) {
    const plugin::Manifest& manifest = type->manifest;
    table.add({printable(manifest.name), interface_text(manifest), printable(columns_text(manifest)),
               printable(library_text(*type))});
  }
  return table.text();
}

/** `null`: this one. */
std::string json_system(const std::string& built_for) {
  return built_for.empty() ? "null" : diagnostic::json_string(built_for);
}

std::string json_type(const plugin::ExportedType& type) {
  const plugin::Manifest& manifest = type.manifest;
  const auto name_of = [](const auto& member) { return diagnostic::json_string(member.name); };
  const auto column = [](const plugin::Column& one) {
    constexpr std::string_view access[] = {"read", "write", "add"};
    return JsonObject()
        .text("name", one.name)
        .text("access", access[static_cast<std::size_t>(one.access)])
        .text("type", one.type)
        .truth("nullable", one.nullable)
        .str();
  };
  return JsonObject()
      .text("name", manifest.name)
      .text("interface", plugin::name(manifest.interface))
      .text("version", plugin::text(manifest.interface_version))
      .text("library", type.library.string())
      .raw("built_for", json_system(type.built_for))
      .text("sdk", plugin::text(manifest.sdk))
      .raw("columns", json_array(manifest.columns, column))
      .raw("parameters", json_array(manifest.parameters, name_of))
      .raw("metrics", json_array(manifest.metrics, name_of))
      .str();
}

std::string json_refused(const plugin::RefusedType& refused) {
  return JsonObject()
      .raw("name", refused.name.empty() ? "null" : diagnostic::json_string(refused.name))
      .text("library", refused.library.string())
      .raw("built_for", json_system(refused.built_for))
      .raw("reasons", json_array(refused.reasons, diagnostic::render_json))
      .str();
}

std::string json_of(const plugin::PluginPath& path, const Catalog& catalog, const Diagnostics& found) {
  return JsonObject()
      .number("format", json_format)
      .raw("path", json_array(path, [](const auto& one) { return diagnostic::json_string(one.string()); }))
      .raw("types", json_array(all_types(catalog), [](const plugin::ExportedType* type) { return json_type(*type); }))
      .raw("refused", json_array(catalog.refused(), json_refused))
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
  for (const plugin::ExportedType* type : all_types(catalog)) found.add(type->warnings);
  for (const plugin::ExportedType& type : catalog.shadowed()) found.add(type.warnings);
  if (command.json) {
    terminal.out.write(json_of(path, catalog, found) + '\n');
    return Status::well;
  }
  terminal.report(found);
  for (const plugin::RefusedType& refused : catalog.refused()) terminal.report(refused.reasons);
  if (all_types(catalog).empty()) {
    terminal.say(nothing_found(path, !catalog.refused().empty()));
  } else {
    terminal.out.write(table_of(catalog));
  }
  return Status::well;
}

}  // namespace penstock::cli
