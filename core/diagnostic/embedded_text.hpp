#pragma once

#include <span>
#include <string_view>

namespace penstock::diagnostic {

/** A file of the source tree that the program carries: the stem of its name, and its bytes. Static. */
struct EmbeddedText {
  std::string_view name, text;
};

}  // namespace penstock::diagnostic
