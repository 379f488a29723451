#pragma once

#include <filesystem>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "pipeline/node.hpp"

namespace penstock::pipeline {

using diagnostic::Diagnostics;

/** Reports each output that would destroy what the run needs: a `rejects:` that names another node's rejects file, a
 *  parameter of type `path` or the pipeline file, and a sink's parameter that names the pipeline file. A rejects file is made
 *  anew, and would empty it. Links are followed; a device such as /dev/null may be shared. */
void check_output_files(const std::vector<Node>& nodes, const std::filesystem::path& pipeline, Diagnostics& found);

}  // namespace penstock::pipeline
