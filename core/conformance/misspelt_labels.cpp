#include "conformance/misspelt_labels.hpp"

#include <algorithm>

#include "diagnostic/suggest.hpp"
#include "plugin/manifest_text.hpp"

namespace penstock::conformance {
namespace {

using Names = std::vector<std::string>;

constexpr std::size_t most_shown = 8;  ///< who misspells more mends these first

}  // namespace

std::vector<diagnostic::Comparison> misspelt_labels(const std::string& manifest) {
  diagnostic::Diagnostics unheard;  // the gate has said it
  plugin::ManifestFaults faults({}, {}, unheard);
  std::vector<diagnostic::Comparison> found;
  for (const plugin::ManifestLine& line : plugin::split_manifest(manifest, faults)) {
    const auto known = std::ranges::find(plugin::known_labels(), line.kind(), &plugin::LabelsOfKind::kind);
    if (known == plugin::known_labels().end()) continue;
    const Names names(known->labels.begin(), known->labels.end());
    for (const auto& [label, value] : line.fields) {
      if (label == line.kind() || std::ranges::count(names, label) > 0) continue;
      const Names near = diagnostic::near_names(label, names);
      if (near.empty()) continue;
      if (found.size() == most_shown) return found;
      const bool is_head = line.kind() == "penstock";
      found.push_back({is_head ? "head line" : std::string(line.kind()) + ' ' + std::string(line.name()),
                       '`' + near.front() + '`', '`' + std::string(label) + '`', "ignored"});
    }
  }
  return found;
}

}  // namespace penstock::conformance
