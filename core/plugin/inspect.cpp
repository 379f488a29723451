#include "plugin/inspect.hpp"

#include <algorithm>
#include <new>

#include "plugin/hidden_types.hpp"
#include "plugin/loader_search.hpp"
#include "plugin/mangled.hpp"
#include "plugin/unmet_needs.hpp"

namespace penstock::plugin {
namespace {

using diagnostic::Code;

/** Every symbol that the loader must find and the library does not bind to a version, each once. */
std::vector<std::string> symbols_to_find(const Image& image) {
  std::vector<std::string> symbols = image.undefined;
  for (const ImageType& type : image.types) {
    if (!type.methods) continue;
    for (const MethodRow& row : *type.methods)
      if (!row.undefined.empty()) symbols.push_back(row.undefined);
  }
  std::ranges::sort(symbols);
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  return symbols;
}

/** Takes out of `missing` what belongs to `type`: methods that its class declares and nobody defines (they link in a shared
 *  library and fail when it is loaded), and functions of its rows. Of a weak one the loader makes a NULL pointer. */
void take_undefined(InspectedType& type, std::vector<std::string>& missing) {
  const auto take_if = [&](auto belongs, auto say) {
    std::erase_if(missing, [&](const std::string& symbol) {
      if (!belongs(symbol)) return false;
      if (auto name = say(symbol)) type.undefined.push_back(*std::move(name));
      return true;
    });
  };
  if (type.manifest) {
    const auto member = [&](const std::string& symbol) { return member_of(symbol, type.manifest->class_name); };
    take_if([&](const std::string& symbol) { return member(symbol).has_value(); }, member);
  }
  if (!type.rows) return;
  take_if([&](const std::string& symbol) { return std::ranges::count(*type.rows, symbol, &MethodRow::undefined) > 0; },
          [&](const std::string& symbol) {
            bool is_weak = true;
            for (MethodRow& row : *type.rows) {
              if (row.undefined != symbol) continue;
              is_weak = is_weak && row.is_weak;
              row.null = row.is_weak;
            }
            return is_weak ? std::nullopt : std::optional(symbol);
          });
}

/** Needed by nested functions of C and by assembly without a note; every thread of the host gets one, too. */
void report_executable_stack(const std::filesystem::path& library, Diagnostics& faults) {
  faults.add({.code = Code::PS0116,
              .summary = "library `" + library.filename().string() + "` asks for an executable stack",
              .place = {.file = library.string()},
              .notes = {"newer systems refuse to load it; this one makes the stacks of the whole process executable"},
              .help = {"link it with `-Wl,-z,noexecstack`, and give assembly files a `.note.GNU-stack` section"},
              .severity = diagnostic::Severity::warning});
}

/** A copy that was broken off, or a tool that edits libraries and does it badly. */
void report_lost_sections(const std::filesystem::path& library, const FileSource& source, const std::string& place,
                          Diagnostics& faults) {
  faults.add(
      {.code = Code::PS0105,
       .summary = "library `" + library.filename().string() + "` has lost its section headers",
       .place = {.file = library.string()},
       .comparisons = {{"section headers",
                        "of 64 bytes each, within the file of " + std::to_string(source.size()) + " bytes", place}},
       .notes = {"the loader does not need them, and what it needs is there; `nm` and `objdump` do not read it"},
       .help = {"copy or build it again"},
       .severity = diagnostic::Severity::warning});
}

}  // namespace

std::optional<InspectedLibrary> inspect(const Candidate& candidate, NeededLibraries& libraries, Diagnostics& faults) {
  try {
    const auto source = FileSource::open(candidate.path, faults);
    return source ? inspect(candidate, *source, libraries, faults) : std::nullopt;
  } catch (const std::bad_alloc&) {
    faults.add({.code = Code::PS0101,
                .summary = "library `" + candidate.path.filename().string() + "` cannot be read",
                .place = {.file = candidate.path.string()},
                .comparisons = {{"memory", "room for the tables of the library", "no more"}},
                .help = {"remove it if it is damaged, or give Penstock more memory"}});
    return std::nullopt;
  }
}

std::optional<InspectedLibrary> inspect(const Candidate& candidate, const FileSource& source,
                                        NeededLibraries& libraries, Diagnostics& faults) {
  const std::string file = candidate.path.string();
  std::optional<Image> image = read_image(source, file, faults);
  if (!image) return std::nullopt;

  InspectedLibrary library{.path = candidate.path, .identity = source.identity(), .built_for = image->built_for};
  library.dependencies = std::move(image->dependencies);
  if (image->types.empty()) {
    report_hidden_types(source, file, faults);
    return faults.has_errors() ? std::nullopt : std::optional(std::move(library));
  }
  // A library for another system is loaded by another loader, with libraries that are not here.
  Unmet unmet;
  if (is_search_of_this_system && image->built_for.empty())
    unmet = libraries.unmet(candidate.path, library.dependencies, symbols_to_find(*image));
  for (ImageType& exported : image->types) {
    InspectedType type{.name = exported.id, .rows = std::move(exported.methods), .faults = std::move(exported.faults)};
    const bool complete = type.faults.empty();
    if (exported.manifest) type.manifest = read_manifest(*exported.manifest, type.name, file, type.faults);
    if (complete && exported.manifest.has_value() != type.rows.has_value()) {
      const auto symbol = [&](std::string_view prefix) { return '`' + std::string(prefix) + type.name + '`'; };
      type.faults.add({.code = Code::PS0206,
                       .summary = "type `" + type.name + "` is exported by half",
                       .place = {.file = file},
                       .comparisons = {{"symbols", symbol("penstock_type_") + " and " + symbol("penstock_methods_"),
                                        "only " + symbol(type.rows ? "penstock_methods_" : "penstock_type_")}},
                       .help = {"export both, then rebuild: a version script has to name `penstock_type_*` and "
                                "`penstock_methods_*`, and "
                                "what is written by hand is `PENSTOCK_EXPORT_SYMBOL`, in C++ `extern \"C\"` too"}});
    }
    take_undefined(type, unmet.symbols);
    library.types.push_back(std::move(type));
  }
  report(unmet, candidate.path, library.faults);
  if (image->executable_stack) report_executable_stack(candidate.path, library.faults);
  if (!image->lost_sections.empty()) report_lost_sections(candidate.path, source, image->lost_sections, library.faults);
  return library;
}

}  // namespace penstock::plugin
