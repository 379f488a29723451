#pragma once

#include <penstock/abi.h>

#include <optional>
#include <span>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "plugin/catalog.hpp"

namespace penstock::plugin {

/** The methods of a loaded type by name; NULL where the type has none. One member for each line of the list macros. */
struct MethodTable {
#define PENSTOCK_MEMBER(name, result, arguments, need, since, signature) result(*name) arguments = nullptr;
  PENSTOCK_ALL_METHODS(PENSTOCK_MEMBER)
#undef PENSTOCK_MEMBER
};

struct LoadedType {
  const ExportedType* type;  ///< belongs to the catalog
  MethodTable methods;       ///< valid until the process ends: libraries stay pinned
};

/** Loads the library of `type` (all symbols resolved now, local scope) if its file is still the one that was inspected, and
 *  compares what is in memory: manifest byte for byte, rows by name and order, pointers to code. Runs the library's static
 *  constructors and those of what it needs. Call from one thread. */
[[nodiscard]] std::optional<LoadedType> load(const ExportedType& type, Diagnostics& found);

/** Loads what a pipeline uses: tries all libraries in a child first (see trial.hpp), so that what then runs in this process
 *  has run once without harm. Nothing comes back when one of them cannot be used. */
[[nodiscard]] std::vector<LoadedType> load_all(std::span<const ExportedType* const> types, Diagnostics& found);

}  // namespace penstock::plugin
