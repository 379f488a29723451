#include "plugin/catalog.hpp"

#include <algorithm>

namespace penstock::plugin {

void Catalog::add(ExportedType type) {
  if (types_.contains(type.manifest.name)) {
    shadowed_.push_back(std::move(type));
    return;
  }
  std::string name = type.manifest.name;
  types_.emplace(std::move(name), std::make_unique<const ExportedType>(std::move(type)));
}

void Catalog::refuse(RefusedType type) { refused_.push_back(std::move(type)); }

const ExportedType* Catalog::find(std::string_view name) const noexcept {
  const auto type = types_.find(name);
  return type == types_.end() ? nullptr : type->second.get();
}

const RefusedType* Catalog::find_refused(std::string_view name) const noexcept {
  const auto type = std::find_if(refused_.begin(), refused_.end(), [&](const RefusedType& refused) {
    return (!name.empty() && refused.name == name) || std::ranges::count(refused.types, name) > 0;
  });
  return type == refused_.end() ? nullptr : &*type;
}

std::vector<const ExportedType*> Catalog::types() const {
  std::vector<const ExportedType*> types;
  for (const auto& [name, type] : types_) types.push_back(type.get());
  return types;
}

std::vector<std::string> Catalog::names() const {
  std::vector<std::string> names;
  for (const auto& [name, type] : types_) names.push_back(name);
  return names;
}

}  // namespace penstock::plugin
