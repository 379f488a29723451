#include "plugin/inspect.hpp"

#include <algorithm>

#include "plugin/file_source.hpp"
#include "plugin/mangled.hpp"
#include "plugin/needed.hpp"

namespace penstock::plugin {
namespace {

using diagnostic::Code;

/** Methods that a class declares and nobody defines: they link in a shared library and fail when it is loaded. */
std::vector<std::string> undefined_members(const Manifest& manifest, const Image& image,
                                           const std::filesystem::path& library) {
  std::vector<std::string> suspects;
  for (const std::string& symbol : image.undefined)
    if (member_of(symbol, manifest.class_name)) suspects.push_back(symbol);
  std::vector<std::string> members;
  for (const std::string& symbol : defined_nowhere(std::move(suspects), image.dependencies, library))
    members.push_back(*member_of(symbol, manifest.class_name));
  return members;
}

/** Functions of the rows that no library defines. Of a weak one the loader makes a NULL pointer; the others are reported. */
std::vector<std::string> undefined_functions(std::vector<MethodRow>& rows, const Dependencies& dependencies,
                                             const std::filesystem::path& library) {
  std::vector<std::string> suspects;
  for (const MethodRow& row : rows)
    if (!row.undefined.empty()) suspects.push_back(row.undefined);
  std::vector<std::string> functions;
  if (suspects.empty()) return functions;
  const std::vector<std::string> missing = defined_nowhere(std::move(suspects), dependencies, library);
  for (MethodRow& row : rows) {
    if (std::ranges::count(missing, row.undefined) == 0) continue;
    if (row.is_weak)
      row.null = true;
    else
      functions.push_back(row.undefined);
  }
  return functions;
}

}  // namespace

std::optional<InspectedLibrary> inspect(const Candidate& candidate, Diagnostics& faults) {
  const std::string file = candidate.path.string();
  const auto source = FileSource::open(candidate.path, faults);
  if (!source) return std::nullopt;
  std::optional<Image> image = read_image(*source, file, faults);
  if (!image) return std::nullopt;

  InspectedLibrary library{
      .path = candidate.path, .identity = source->identity(), .types = {}, .built_for = image->built_for};
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
                       .help = {"export both, as `PENSTOCK_TYPE` and `PENSTOCK_EXPORT` do, then rebuild"}});
    }
    if (type.manifest) type.undefined = undefined_members(*type.manifest, *image, candidate.path);
    if (type.rows) {
      const auto functions = undefined_functions(*type.rows, image->dependencies, candidate.path);
      type.undefined.insert(type.undefined.end(), functions.begin(), functions.end());
    }
    library.types.push_back(std::move(type));
  }
  return library;
}

}  // namespace penstock::plugin
