#pragma once

#include <vector>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Follows the columns from the source to the sink and finds those that each node works on. Asks `bind` of the nodes
 *  that have it and an instance; before there are instances, what is behind such a node is not judged. Reports every
 *  column that nobody makes, has another type or exists already; `catalog` knows which types would make it. */
void wire(std::vector<Node>& nodes, const plugin::Catalog& catalog, NodeHosts& hosts, Diagnostics& found);

/** Has `bind` of a copy of a node see the columns that the node has seen. */
void wire_copy(Node& copy, NodeHosts& hosts, Diagnostics& found);

}  // namespace penstock::pipeline
