#pragma once

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Makes the instance of a loaded node and gives it all its values in one call; `hosts` learns each value that took
 *  effect. What the plugin refuses is reported where it was written, with the plugin's own words. */
void configure(Node& node, NodeHosts& hosts, Diagnostics& found);

}  // namespace penstock::pipeline
