#pragma once

#include <string>

#include "conformance/prove.hpp"
#include "diagnostic/render.hpp"

namespace penstock::conformance {

/** One file for people, within a screen: what was found, with what was expected and what to do; what was skipped, and why; how
 *  many tests passed.
 *
 *      libclamp.so: clamp
 *      fail[CT-203]: library `libclamp.so` changes the process while it is loaded
 *         |  locale   expected  C
 *         |           found     C.UTF-8
 *         = help: leave it as it is; ...
 *        15 passed, 1 failed */
[[nodiscard]] std::string report_text(const FileReport& report, diagnostic::Colour colour = diagnostic::Colour::off);

/** What came of several files: `3 files: 2 passed, 1 failed`. */
struct Totals {
  std::size_t files = 0, failed = 0;
};
[[nodiscard]] std::string totals_text(const Totals& totals);

}  // namespace penstock::conformance
