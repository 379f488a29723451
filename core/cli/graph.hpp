#pragma once

#include <cstdint>
#include <string>

#include "pipeline/plan.hpp"

namespace penstock::cli {

enum class GraphFormat : std::uint8_t { dot, mermaid };

/** The nodes of a plan with their types and the columns that they rename, the columns on each edge, and the partitions as a
 *  frame around the nodes in them; with a line break at its end. Any name comes out as it is: what the format would take for
 *  its own is escaped. */
[[nodiscard]] std::string graph_text(const pipeline::Plan& plan, GraphFormat format);

}  // namespace penstock::cli
