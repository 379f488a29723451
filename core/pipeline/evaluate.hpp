#pragma once

#include <string>
#include <vector>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Adds what a command line sets, `NODE.PARAM=VALUE`, behind what the file sets. VALUE counts as a quoted text; for a
 *  list it is YAML, `[a, b]`. The last one of a parameter counts. */
void add_settings(const std::vector<std::string>& sets, std::vector<Node>& nodes, Diagnostics& found);

/** Gives every parameter of every resolved node its value: what was set, else the default. Reports each parameter that
 *  is unknown, missing or of a wrong value; the value of a secret is in no report. */
void evaluate(std::vector<Node>& nodes, Diagnostics& found);

}  // namespace penstock::pipeline
