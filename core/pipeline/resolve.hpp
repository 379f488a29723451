#pragma once

#include <vector>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Finds the type of each node and checks that it has the interface of its place. A refused type is reported with the
 *  reasons that the gate had, and of a type that is used its warnings, once. */
void resolve(std::vector<Node>& nodes, const plugin::Catalog& catalog, Diagnostics& found);

}  // namespace penstock::pipeline
