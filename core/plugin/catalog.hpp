#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/file_identity.hpp"
#include "plugin/manifest.hpp"

namespace penstock::plugin {

/** A type that conforms, and where it is. Nothing of its library has run. */
struct ExportedType {
  Manifest manifest;
  std::filesystem::path library;              ///< as discovered
  Diagnostics warnings = {};                  ///< of the gate, for who uses the type
  std::optional<FileIdentity> identity = {};  ///< of the library, when it was judged
  std::string built_for = {};  ///< another system, such as `Windows x86-64`; empty: it can be loaded here
};

/** A type that was found and does not conform, with every reason. */
struct RefusedType {
  std::string name;  ///< empty: the library as a whole
  std::filesystem::path library;
  Diagnostics reasons;
  std::string built_for = {};           ///< as of an ExportedType
  std::vector<std::string> types = {};  ///< of a library that is refused as a whole, as far as they are known
};

/** What a plugin path holds: conforming types by name, and what was refused. Immutable once admitted, so any thread may
 *  read it; pointers stay valid while the catalog lives. */
class Catalog {
 public:
  /** The first of a name wins; a later one is kept as shadowed. Types for another system have names of their own: a
   *  directory may hold the same plugin for each system that shares it. */
  void add(ExportedType type);
  void refuse(RefusedType type);
  void pass_by(std::filesystem::path library) { others_.push_back(std::move(library)); }  ///< it exports no type

  [[nodiscard]] const ExportedType* find(std::string_view name) const noexcept;
  /** A type that conforms and is for another system. */
  [[nodiscard]] const ExportedType* find_foreign(std::string_view name) const noexcept;
  [[nodiscard]] const RefusedType* find_refused(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<const ExportedType*> types() const;    ///< sorted by name
  [[nodiscard]] std::vector<const ExportedType*> foreign() const;  ///< for another system, sorted by name
  [[nodiscard]] std::vector<std::string> names() const;            ///< sorted; for suggestions
  [[nodiscard]] const std::vector<RefusedType>& refused() const noexcept { return refused_; }
  /** Types that conform and whose name was taken, in the order in which they were found. */
  [[nodiscard]] const std::vector<ExportedType>& shadowed() const noexcept { return shadowed_; }
  /** Well-formed libraries that are no plugins. */
  [[nodiscard]] const std::vector<std::filesystem::path>& others() const noexcept { return others_; }

 private:
  using Types = std::map<std::string, std::unique_ptr<const ExportedType>, std::less<>>;

  Types types_, foreign_;
  std::vector<RefusedType> refused_;
  std::vector<ExportedType> shadowed_;
  std::vector<std::filesystem::path> others_;
};

/** PS0119, a warning: `type` is not used, for `first` has its name. */
[[nodiscard]] diagnostic::Diagnostic taken_name(const ExportedType& type, const ExportedType& first);

}  // namespace penstock::plugin
