#pragma once

#include <filesystem>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "pipeline/node.hpp"

namespace penstock::pipeline {

using diagnostic::Diagnostics;

/** The path of a file that the argument names; null: it names none, or standard input or output. */
[[nodiscard]] const std::string* path_in(const Argument& argument) noexcept;

/** Reports each output that would destroy what the run needs: a `rejects:` that names another node's rejects file, a
 *  parameter of type `path`, the pipeline file or a file of the change log, and a sink's parameter that names one of
 *  the latter two. A rejects file is made anew, and would empty it. Links are followed, hard ones are known; a device
 *  such as /dev/null may be shared. `change_log` is a directory, or empty. */
void check_output_files(const std::vector<Node>& nodes, const std::filesystem::path& pipeline,
                        const std::filesystem::path& change_log, Diagnostics& found);

}  // namespace penstock::pipeline
