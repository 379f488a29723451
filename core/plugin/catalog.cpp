#include "plugin/catalog.hpp"

#include <algorithm>

namespace penstock::plugin {

namespace {

template <class Types>
const ExportedType* find_in(const Types& types, std::string_view name) noexcept {
  const auto type = types.find(name);
  return type == types.end() ? nullptr : type->second.get();
}

template <class Types>
std::vector<const ExportedType*> all_of(const Types& types) {
  std::vector<const ExportedType*> all;
  for (const auto& [name, type] : types) all.push_back(type.get());
  return all;
}

}  // namespace

void Catalog::add(ExportedType type) {
  Types& types = type.built_for.empty() ? types_ : foreign_;
  if (types.contains(type.manifest.name)) {
    shadowed_.push_back(std::move(type));
    return;
  }
  std::string name = type.manifest.name;
  types.emplace(std::move(name), std::make_unique<const ExportedType>(std::move(type)));
}

void Catalog::refuse(RefusedType type) { refused_.push_back(std::move(type)); }

const ExportedType* Catalog::find(std::string_view name) const noexcept { return find_in(types_, name); }

const ExportedType* Catalog::find_foreign(std::string_view name) const noexcept { return find_in(foreign_, name); }

const RefusedType* Catalog::find_refused(std::string_view name) const noexcept {
  const auto type = std::find_if(refused_.begin(), refused_.end(), [&](const RefusedType& refused) {
    return (!name.empty() && refused.name == name) || std::ranges::count(refused.types, name) > 0;
  });
  return type == refused_.end() ? nullptr : &*type;
}

std::vector<const ExportedType*> Catalog::types() const { return all_of(types_); }

std::vector<const ExportedType*> Catalog::foreign() const { return all_of(foreign_); }

std::vector<std::string> Catalog::names() const {
  std::vector<std::string> names;
  for (const auto& [name, type] : types_) names.push_back(name);
  return names;
}

diagnostic::Diagnostic taken_name(const ExportedType& type, const ExportedType& first) {
  const bool is_beside = type.library.parent_path() == first.library.parent_path();
  return {.code = diagnostic::Code::PS0119,
          .summary = "type `" + type.manifest.name + "` of this library is not used: another one has that name",
          .place = {.file = type.library.string()},
          .notes = {"`" + first.library.string() + "` was found before it, and the first of a name wins"},
          .help = {is_beside ? "remove the library that is not wanted, or give one of the types another name"
                             : "give one of the types another name, or change the order of the plugin path"},
          .severity = diagnostic::Severity::warning};
}

}  // namespace penstock::plugin
