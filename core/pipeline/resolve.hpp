#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Finds the type of each node and checks that it has the interface of its place. A refused type is reported with the
 *  reasons that the gate had, and of a type that is used its warnings, once; one of them is that another library of its
 *  directory has a type of that name, too. */
void resolve(std::vector<Node>& nodes, const plugin::Catalog& catalog, Diagnostics& found);

/** PS0407: what else there is, in a place of the pipeline what belongs there, and which libraries the type may have been
 *  in. */
[[nodiscard]] diagnostic::Diagnostic unknown_type(const std::string& name, const plugin::Catalog& catalog,
                                                  std::optional<plugin::Interface> role = {});

}  // namespace penstock::pipeline
