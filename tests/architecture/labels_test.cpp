// The labels that the host knows are those that authors read of.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "architecture/source_tree.hpp"
#include "plugin/manifest_text.hpp"

namespace penstock::architecture {
namespace {

using Labels = std::map<std::string, std::vector<std::string>>;

/** Of the tables of abi/manifest.h: below ` *  param: ...` rows such as ` *  | min, max      | ...`. */
Labels documented() {
  std::ifstream stream(source_root() / "sdk/include/penstock/abi/manifest.h");
  const std::regex heading(R"( \*  (\w+)(:.*)?)"), row(R"( \*  \| (\w[\w, ]*\w) +\| (.*))");
  Labels found;
  std::string kind;
  std::smatch match;
  for (std::string line; std::getline(stream, line);) {
    if (std::regex_match(line, match, heading)) kind = match[1];
    if (!std::regex_match(line, match, row) || match[2].str().starts_with("says")) continue;
    std::istringstream names(match[1]);
    for (std::string name; std::getline(names >> std::ws, name, ',');) found[kind].push_back(name);
  }
  return found;
}

TEST(Labels, OfTheHostAreThoseOfTheSdk) {
  Labels known;
  for (const auto& [kind, labels] : plugin::known_labels())
    known[std::string(kind)] = std::vector<std::string>(labels.begin(), labels.end());
  EXPECT_THAT(documented(), testing::ContainerEq(known));
}

}  // namespace
}  // namespace penstock::architecture
