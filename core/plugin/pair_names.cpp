#include "plugin/pair_names.hpp"

#include <algorithm>

#include "diagnostic/suggest.hpp"

namespace penstock::plugin {

std::vector<NamePair> pair_names(const std::vector<std::string>& missing, std::vector<std::string> extra) {
  constexpr std::size_t most_comparisons =
      4096;  // each costs an edit distance; a file with more was not written by hand
  const bool affordable = missing.empty() || extra.size() <= most_comparisons / missing.size();
  std::vector<NamePair> pairs;
  for (const std::string& name : missing) {
    const auto near = affordable ? diagnostic::near_names(name, extra) : std::vector<std::string>{};
    if (near.empty()) {
      pairs.push_back({name, {}});
    } else {
      pairs.push_back({name, near.front()});
      extra.erase(std::find(extra.begin(), extra.end(), near.front()));
    }
  }
  for (std::string& name : extra) pairs.push_back({{}, std::move(name)});
  return pairs;
}

}  // namespace penstock::plugin
