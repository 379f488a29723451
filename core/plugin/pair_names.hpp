#pragma once

#include <string>
#include <vector>

namespace penstock::plugin {

/** A name that is missing and one that stands there instead, or one of them alone (the other is empty). */
struct NamePair {
  std::string missing, extra;
};

/** Pairs each missing name with the nearest extra one, so that a misspelt name is one mistake and not two. Pairs and
 *  missing names come in the order of `missing`, then the extra ones that resemble nothing. */
[[nodiscard]] std::vector<NamePair> pair_names(const std::vector<std::string>& missing, std::vector<std::string> extra);

}  // namespace penstock::plugin
