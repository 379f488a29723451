#include "pipeline/resolve.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "diagnostic/suggest.hpp"
#include "pipeline/describe.hpp"
#include "pipeline/report.hpp"
#include "plugin/hidden_types.hpp"

namespace penstock::pipeline {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using plugin::Interface;

std::string libraries(std::size_t count) { return std::to_string(count) + (count == 1 ? " library" : " libraries"); }

/** Libraries that were refused as a whole and whose types nobody knows. */
std::vector<const plugin::RefusedType*> refused_as_a_whole(const plugin::Catalog& catalog) {
  std::vector<const plugin::RefusedType*> refused;
  for (const plugin::RefusedType& one : catalog.refused())
    if (one.name.empty() && one.types.empty() && !one.reasons.empty()) refused.push_back(&one);
  return refused;
}

/** Such a library, or one that exports no type though its author may think otherwise, may be the one that is missed. Says
 *  which they are, the first with its reason. */
void note_suspects(const std::vector<const plugin::RefusedType*>& refused,
                   const std::vector<std::filesystem::path>& others, Diagnostic& fault) {
  if (!refused.empty()) {
    const Diagnostic& reason = refused.front()->reasons[0];
    fault.notes.push_back("found and refused: " + reason.summary + " [" + std::string(diagnostic::name(reason.code)) +
                          "], " + refused.front()->library.string());
    if (refused.size() > 1)
      fault.notes.push_back("and " + libraries(refused.size() - 1) + " more, see `penstock list`");
  }
  if (!others.empty())
    fault.notes.push_back("library `" + others.front().string() +
                          "` exports no type: is its `PENSTOCK_EXPORT` missing?");
  if (others.size() > 1)
    fault.notes.push_back("and " + libraries(others.size() - 1) + " more, see `penstock list --all`");
}

/** A refused library of this machine comes first: mending it is nearer than building another. */
void report_foreign(const Description& node, const plugin::ExportedType& type, Diagnostics& found) {
  found.add(
      {.code = Code::PS0109,
       .summary = "type `" + node.type + "` is there for " + type.built_for + " only",
       .place = node.place,
       .comparisons = {{"library", "one for this machine", '`' + type.library.string() + "`, for " + type.built_for}},
       .help = {"build the plugin for this machine too, and put that library beside this one"}});
}

std::string_view key_of(Interface interface) {
  switch (interface) {
    case Interface::source: return "source:";
    case Interface::stage: return "stages:";
    case Interface::sink: return "sink:";
  }
  return {};
}

/** What to do where `--sink` has no name of a type but a file, or a node as the pipeline file has it; empty: it is one. */
std::string advise_on_sink(const std::string& written, const plugin::Catalog& catalog) {
  if (is_name(written) || !diagnostic::near_names(written, catalog.names()).empty()) return {};
  std::vector<std::string> writers;
  for (const std::string& name : catalog.names()) {
    const plugin::Manifest& manifest = catalog.find(name)->manifest;
    const plugin::Parameter* path = manifest.find_parameter("path");
    if (manifest.interface == Interface::sink && path != nullptr && path->type == plugin::ValueType::path)
      writers.push_back(name);
  }
  const auto is_written = [&](const std::string& name) { return written.find(name) != std::string::npos; };
  const auto named = std::ranges::find_if(writers, is_written);
  if (named == writers.end() && writers.size() != 1)
    return "`--sink` takes the name of a type; `penstock list` shows them";
  const std::string& type = named == writers.end() ? writers.front() : *named;
  std::string file = written.substr(written.starts_with(type + ":") ? type.size() + 1 : 0);
  const bool is_file = !file.empty() && std::ranges::all_of(file, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./").find(c) != std::string_view::npos;
  });
  if (!is_file) file = "FILE";
  return "`--sink` takes the name of a type: `--sink " + type + " --set " + type + ".path=" + file + "`";
}

Diagnostic unknown(const Description& node, const plugin::Catalog& catalog) {
  Diagnostic fault = unknown_type(node.type, catalog, node.role);
  fault.place = node.place;
  if (!node.place.file.empty()) return fault;
  fault.notes.insert(fault.notes.begin(), "given on the command line, by `--sink`");
  if (std::string advice = advise_on_sink(node.type, catalog); !advice.empty()) fault.help = {std::move(advice)};
  return fault;
}

const plugin::ExportedType* find(const Description& node, const plugin::Catalog& catalog, Diagnostics& found) {
  const plugin::ExportedType* type = catalog.find(node.type);
  if (type == nullptr) {
    const plugin::RefusedType* refused = catalog.find_refused(node.type);
    if (refused != nullptr && refused->reasons.has_errors())
      found.add(refused->reasons);
    else if (const plugin::ExportedType* foreign = catalog.find_foreign(node.type))
      report_foreign(node, *foreign, found);
    else
      found.add(unknown(node, catalog));
    return nullptr;
  }
  if (type->manifest.interface == node.role) return type;
  found.add({.code = Code::PS0408,
             .summary = "`" + node.type + "` stands where a " + std::string(plugin::name(node.role)) + " belongs",
             .place = node.place,
             .comparisons = {{node.type, std::string(plugin::name(node.role)),
                              std::string(plugin::name(type->manifest.interface))}},
             .help = {"its place is `" + std::string(key_of(type->manifest.interface)) + "`"}});
  return nullptr;
}

/** ``did you mean `csv_reader`?``: a name with a slip, or one of which a word was left out; empty: neither. */
std::string suggest_type(const std::string& name, const std::vector<std::string>& names, const plugin::Catalog& catalog,
                         std::optional<Interface> role) {
  if (!diagnostic::near_names(name, names).empty()) return diagnostic::suggest(name, names);
  std::vector<std::string> fitting;
  std::ranges::copy_if(names, std::back_inserter(fitting), [&](const std::string& known) {
    return !role || catalog.find(known)->manifest.interface == *role;
  });
  return suggest_from_part(name, fitting);
}

std::vector<std::string> advise_on_suspects(const std::string& name,
                                            const std::vector<const plugin::RefusedType*>& refused,
                                            std::optional<Interface> role) {
  std::string remedy = "mend that library, and build it again";
  if (refused.empty())
    remedy = "give it a `PENSTOCK_EXPORT" +
             (role && is_name(name) && name.find('-') == std::string::npos
                  ? "(" + std::string(plugin::name(*role)) + ", CLASS, " + name + ")`"
                  : std::string("`")) +
             "; " + std::string(plugin::advise_on_static_library);
  else if (!refused.front()->reasons[0].help.empty())
    remedy = refused.front()->reasons[0].help.front();
  return {"if `" + name + "` is to be in that library: " + remedy,
          "if it is in another one, name the directory of that with `--plugins DIR`"};
}

/** ``library `build/plugins/libplant.so` exports `mark_spikes` `` for the name of a library; empty: none is called so. */
std::string types_of_library(const std::string& name, const plugin::Catalog& catalog) {
  std::vector<std::string> types;
  std::filesystem::path library;
  for (const plugin::ExportedType* type : catalog.types()) {
    const std::string stem = type->library.stem().string();
    if (stem != name && stem != "lib" + name) continue;
    library = type->library;
    types.push_back(type->manifest.name);
  }
  return types.empty() ? "" : "library `" + library.string() + "` exports " + list_of(types) + ": a node has a type";
}

/** By the order of the path a type takes the place of another one on purpose; of two in one directory one is forgotten. */
void report_forgotten(const plugin::ExportedType& used, const plugin::Catalog& catalog, Diagnostics& found) {
  Diagnostics said;
  for (const plugin::ExportedType& other : catalog.shadowed())
    if (other.manifest.name == used.manifest.name && other.library.parent_path() == used.library.parent_path())
      said.add(plugin::taken_name(other, used));
  found.add_new(said);
}

}  // namespace

Diagnostic unknown_type(const std::string& name, const plugin::Catalog& catalog, std::optional<Interface> role) {
  Diagnostic fault{.code = Code::PS0407, .summary = "no plugin exports a type `" + name + "`"};
  const std::vector<std::string> names = catalog.names();
  const std::string meant = suggest_type(name, names, catalog, role);
  if (names.empty())
    fault.notes.push_back("no type was found at all");
  else if (meant.empty())
    fault.notes.push_back("known are " + list_of(names));
  const auto refused = refused_as_a_whole(catalog);
  note_suspects(refused, catalog.others(), fault);
  if (!meant.empty())
    fault.help.push_back(meant);
  else if (std::string types = types_of_library(name, catalog); !types.empty())
    fault.help.push_back(std::move(types));
  else if (!refused.empty() || !catalog.others().empty())
    fault.help = advise_on_suspects(name, refused, role);
  else if (names.empty())
    fault.help.push_back("name the directory of the plugins with `--plugins DIR`");
  else
    fault.help.push_back("name the directory of its plugin with `--plugins DIR`; `penstock list` shows every type");
  return fault;
}

void resolve(std::vector<Node>& nodes, const plugin::Catalog& catalog, Diagnostics& found) {
  for (Node& node : nodes) {
    if (node.description.type.empty()) continue;
    node.type = find(node.description, catalog, found);
    if (node.type == nullptr) continue;
    found.add_new(node.type->warnings);
    report_forgotten(*node.type, catalog, found);
  }
}

}  // namespace penstock::pipeline
