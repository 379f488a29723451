#pragma once

#include <chrono>

#include "conformance/case.hpp"

namespace penstock::conformance {

/** Runs one test on `subject`: of level 1 here, for no code of the plugin runs; of the others in a child. Whatever the
 *  plugin does then (crash, hang, exit, print without end, leave processes behind) is an outcome, and ends with the test. */
[[nodiscard]] Outcome run(const Case& test, const Subject& subject, std::chrono::nanoseconds limit);

}  // namespace penstock::conformance
