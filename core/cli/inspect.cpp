#include <algorithm>
#include <span>
#include <string>
#include <system_error>
#include <vector>

#include "changelog/hash_chain.hpp"
#include "cli/command.hpp"
#include "cli/json.hpp"
#include "cli/table.hpp"
#include "cli/type_text.hpp"
#include "diagnostic/suggest.hpp"
#include "pipeline/resolve.hpp"
#include "plugin/gate.hpp"
#include "plugin/hidden_types.hpp"
#include "plugin/inspect.hpp"

namespace penstock::cli {
namespace {

namespace fs = std::filesystem;
using diagnostic::Code;
using diagnostic::printable;
using plugin::ExportedType;

// ---- text ----

std::string bounds_text(plugin::ValueType type, const std::optional<plugin::Scalar>& min,
                        const std::optional<plugin::Scalar>& max) {
  if (min && max) return scalar_text(type, *min) + " to " + scalar_text(type, *max);
  if (min) return "at least " + scalar_text(type, *min);
  return max ? "at most " + scalar_text(type, *max) : std::string();
}

/** `first; second`, without what is empty. */
std::string joined(std::initializer_list<std::string> parts, std::string_view between = "; ") {
  std::string text;
  for (const std::string& part : parts)
    if (!part.empty()) text += (text.empty() ? "" : std::string(between)) + part;
  return text;
}

std::string type_of(const plugin::Parameter& parameter) {
  const std::string type(name(parameter.type));
  return parameter.list ? "list<" + type + '>' : type;
}

/** Every cell made printable. */
void add(Table& table, std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = printable(cell);
  table.add(std::move(cells));
}

std::string section(const std::string& heading, const Table& table, bool is_empty) {
  return is_empty ? "" : '\n' + heading + '\n' + table.text(2);
}

std::string parameters_text(const plugin::Manifest& manifest) {
  Table table(std::vector<Align>(5, Align::left));
  table.add({"NAME", "TYPE", "DEFAULT", "ALLOWED", "MEANING"});
  for (const plugin::Parameter& one : manifest.parameters) {
    std::string choices;
    for (const std::string& choice : one.choices) choices += (choices.empty() ? "" : " | ") + choice;
    const std::string unit = one.unit.empty() ? "" : " " + one.unit;
    const std::string initial = one.required ? "required" : default_text(one);
    add(table, {one.name, type_of(one) + unit, initial.empty() ? "\"\"" : initial,
                joined({bounds_text(one.type, one.min, one.max), choices}),
                joined({one.doc, one.reloadable ? "can be reloaded" : "", one.secret ? "never shown" : "",
                        one.example.empty() ? "" : "such as " + one.example})});
  }
  return section("parameters", table, manifest.parameters.empty());
}

std::string metrics_text(const plugin::Manifest& manifest) {
  Table table(std::vector<Align>(4, Align::left));
  table.add({"NAME", "TYPE", "INVARIANT", "MEANING"});
  for (const plugin::Metric& one : manifest.metrics) {
    const std::string unit = one.unit.empty() ? "" : " " + one.unit;
    add(table, {one.name, std::string(name(one.type)) + unit,
                joined({bounds_text(one.type, one.min, one.max), one.never_decreasing ? "never decreasing" : ""}),
                joined({one.doc, one.label.empty() ? "" : "shown as `" + one.label + '`'})});
  }
  return section("metrics", table, manifest.metrics.empty());
}

std::string columns_table(const plugin::Manifest& manifest) {
  constexpr std::string_view verbs[] = {"reads", "writes", "adds"};
  Table table(std::vector<Align>(4, Align::left));
  table.add({"NAME", "ACCESS", "TYPE", "MEANING"});
  for (const plugin::Column& one : manifest.columns)
    add(table, {is_every(one) ? "every column" : one.name, std::string(verbs[static_cast<std::size_t>(one.access)]),
                one.type + (one.nullable ? ", may be null" : ""), one.doc});
  return section("columns", table, manifest.columns.empty());
}

std::string methods_text(const plugin::Manifest& manifest) {
  Table table(std::vector<Align>(2, Align::left));
  for (const plugin::Method& one : manifest.methods) add(table, {one.name, one.signature});
  return section("methods", table, manifest.methods.empty());
}

/** How a type may be multiplied, and what becomes of rows. */
std::string promises_text(const plugin::Manifest& manifest) {
  constexpr std::string_view rows[] = {"passes every row on", "can drop rows", "emits rows of its own"};
  const bool is_stage = manifest.interface == plugin::Interface::stage;
  const std::string state = manifest.state == plugin::State::none    ? "keeps no state between rows"
                            : manifest.state == plugin::State::keyed ? "keeps state for each `" + manifest.key + '`'
                                                                     : "keeps state over all rows";
  return joined({is_stage ? std::string(rows[static_cast<std::size_t>(manifest.rows)]) : "", state,
                 manifest.deterministic ? "same input, same output" : "",
                 manifest.ordered_by.empty() ? "" : "ordered by `" + manifest.ordered_by + '`'});
}

std::string text_of(const ExportedType& type) {
  const plugin::Manifest& manifest = type.manifest;
  const std::string of_class = manifest.class_name.empty() ? "" : ", class " + manifest.class_name;
  return printable(manifest.name + ": " + interface_text(manifest) + of_class) + '\n' + "  " +
         printable(promises_text(manifest)) + '\n' + parameters_text(manifest) + metrics_text(manifest) +
         columns_table(manifest) + methods_text(manifest);
}

// ---- the library ----

/** What its file is, beside the types in it. */
struct Library {
  fs::path path;
  std::string built_for;  ///< another system; empty: this one
  std::string sdk;
  std::uint64_t size = 0;
  std::string digest;  ///< SHA-256 in hex; empty of a file that takes too long, or cannot be read to its end
  plugin::Dependencies dependencies;
};

constexpr std::uint64_t largest_digested_mib = 256;  // a second or less

/** Block by block; of the file that was opened, whatever stands under its name by now. */
std::string digest_of(const plugin::FileSource& source) {
  constexpr std::uint64_t block_size = std::uint64_t{1} << 20U;
  if (source.size() > largest_digested_mib << 20U) return {};
  std::vector<std::byte> block;
  std::uint64_t done = 0;
  const auto digest = changelog::digest([&]() -> std::span<const std::byte> {
    block.resize(static_cast<std::size_t>(std::min(block_size, source.size() - done)));
    if (!source.read(done, block)) block.clear();
    done += block.size();
    return block;
  });
  return done == source.size() ? changelog::hex(digest) : std::string();
}

/** Of the library at `path`, which the gate has judged as `judged`. */
std::optional<Library> read_library(const fs::path& path, const ExportedType& judged, Diagnostics& found) {
  plugin::NeededLibraries libraries;
  Diagnostics said;  // by the gate, already
  const auto source = plugin::FileSource::open(path, found);
  const auto inspected = source ? plugin::inspect({path}, *source, libraries, said) : std::nullopt;
  if (!inspected) return std::nullopt;
  Library library{.path = path,
                  .built_for = inspected->built_for,
                  .sdk = plugin::text(judged.manifest.sdk),
                  .size = source->size(),
                  .digest = digest_of(*source),
                  .dependencies = inspected->dependencies};
  if (judged.identity != source->identity() || plugin::identity_of(path) != source->identity()) {
    found.add({.code = Code::PS0111,
               .summary = "library `" + path.filename().string() + "` was replaced or written while it was inspected",
               .place = {.file = path.string()},
               .help = {"inspect it again when it is complete"}});
  }
  return library;
}

/** `libc.so.6 (GLIBC_2.14, GLIBC_2.4)` */
std::string needs_text(const plugin::Dependencies& dependencies, const std::string& library) {
  std::string versions;
  for (const auto& [of, version] : dependencies.versions)
    if (of == library) versions += (versions.empty() ? "" : ", ") + version;
  return versions.empty() ? library : library + " (" + versions + ')';
}

std::string text_of(const Library& library) {
  Table table(std::vector<Align>(2, Align::left));
  add(table, {"file", library.path.string()});
  add(table, {"size", grouped(library.size) + " bytes"});
  const bool is_large = library.size > largest_digested_mib << 20U;
  const std::string no_digest =
      "not computed" + (is_large ? " of more than " + std::to_string(largest_digested_mib) + " MiB"
                                 : std::string(": the file cannot be read to its end"));
  add(table, {"SHA-256", library.digest.empty() ? no_digest : library.digest});
  add(table, {"built for", joined({library.built_for.empty() ? "this system" : library.built_for,
                                   library.sdk.empty() ? "" : "SDK " + library.sdk},
                                  ", ")});
  for (const std::string& needed : library.dependencies.needed)
    add(table, {"needs", needs_text(library.dependencies, needed)});
  const std::string path = joined({library.dependencies.rpath, library.dependencies.run_path}, ":");
  if (!path.empty()) add(table, {"looks in", path});
  return section("library", table, false);
}

std::string json_of(const Library& library) {
  const auto version = [](const plugin::NeededVersion& one) {
    return JsonObject().text("library", one.library).text("version", one.version).str();
  };
  return JsonObject()
      .text("file", library.path.string())
      .number("size", library.size)
      .text_or_null("sha256", library.digest)
      .text_or_null("built_for", library.built_for)
      .raw("needs", json_array(library.dependencies.needed, diagnostic::json_string))
      .raw("versions", json_array(library.dependencies.versions, version))
      .str();
}

// ---- what was asked for ----

bool is_directory(const std::string& subject) {
  std::error_code failed;
  return fs::is_directory(subject, failed);
}

/** A directory can have the name of a type, and mostly has: the one in which its plugin is written. */
bool is_file(const std::string& subject) {
  std::error_code failed;
  return subject.find('/') != std::string::npos || subject.ends_with(".so") || subject.ends_with(".dll") ||
         (fs::exists(subject, failed) && !is_directory(subject));
}

void report_directory(const std::string& subject, Diagnostics& found) {
  found.add({.code = Code::PS0003,
             .summary = "`" + subject + "` is a directory, and neither a type nor a library",
             .help = {"`penstock list --plugins " + subject + "` shows the types that are in it"}});
}

/** The types of the catalog that `subject` means, and the library that they are in. */
struct Found {
  std::vector<const ExportedType*> types;
  fs::path library;
};

std::optional<Found> find_type(const std::string& name, const plugin::Catalog& catalog, Diagnostics& found) {
  const ExportedType* type = catalog.find(name);
  if (type == nullptr) type = catalog.find_foreign(name);
  if (type != nullptr) return Found{{type}, type->library};
  if (const plugin::RefusedType* refused = catalog.find_refused(name)) {
    found.add(refused->reasons);
    return std::nullopt;
  }
  if (is_directory(name))
    report_directory(name, found);
  else
    found.add(pipeline::unknown_type(name, catalog));
  return std::nullopt;
}

/** What is a warning of an element of the plugin path is an error of the file that was asked for. */
Diagnostics as_errors(const Diagnostics& warnings) {
  Diagnostics errors;
  for (diagnostic::Diagnostic one : warnings) {
    one.severity = diagnostic::Severity::error;
    errors.add(std::move(one));
  }
  return errors;
}

std::optional<Found> find_file(const std::string& file, const plugin::Catalog& catalog, Diagnostics& found) {
  if (is_directory(file)) {
    report_directory(file, found);
    return std::nullopt;
  }
  found = as_errors(found);
  for (const plugin::RefusedType& refused : catalog.refused()) found.add(refused.reasons);
  Found all{.types = catalog.types(), .library = file};
  for (const ExportedType* type : catalog.foreign()) all.types.push_back(type);
  if (all.types.empty() && !found.has_errors())
    found.add({.code = Code::PS0003,
               .summary = "`" + file + "` exports no type",
               .place = {.file = file},
               .help = {"export one with `PENSTOCK_EXPORT` or `PENSTOCK_TYPE`, if it is to be a plugin",
                        std::string(plugin::advise_on_static_library)}});
  return all.types.empty() ? std::nullopt : std::optional(std::move(all));
}

}  // namespace

Status execute(const InspectCommand& command, Terminal& terminal) {
  Diagnostics found;
  const bool asks_for_file = is_file(command.subject);
  const plugin::PluginPath path =
      asks_for_file ? plugin::PluginPath{command.subject} : plugin::plugin_path(command.plugins, found);
  const plugin::Catalog catalog = plugin::admit(path, found);
  const auto subject =
      asks_for_file ? find_file(command.subject, catalog, found) : find_type(command.subject, catalog, found);
  std::optional<Library> library;
  if (subject) {
    library = read_library(subject->library, *subject->types.front(), found);
    for (const ExportedType* type : subject->types) found.add_new(type->warnings);
  }
  if (command.json) {
    const auto types = subject ? subject->types : std::vector<const ExportedType*>{};
    terminal.out.write(JsonObject()
                           .number("format", json_format)
                           .raw("library", library ? json_of(*library) : "null")
                           .raw("types", json_array(types, [](const ExportedType* type) { return type_json(*type); }))
                           .raw("diagnostics", json_array(found, diagnostic::render_json))
                           .str() +
                       '\n');
    return status_of(found);
  }
  terminal.report(found);
  if (subject) {
    for (const ExportedType* type : subject->types) terminal.out.write(text_of(*type) + '\n');
    if (library) terminal.out.write(text_of(*library).substr(1));
  }
  return status_of(found);
}

}  // namespace penstock::cli
