#include "conformance/misspelt_labels.hpp"

#include <algorithm>
#include <map>

#include "diagnostic/suggest.hpp"
#include "plugin/manifest_text.hpp"

namespace penstock::conformance {
namespace {

using Names = std::vector<std::string>;

constexpr std::size_t most_shown = 8;  ///< who misspells more mends these first

const std::map<std::string_view, Names>& known_labels() {
  static const std::map<std::string_view, Names> labels = {
      {"penstock", {"name", "interface", "sdk", "class", "rows", "state", "key", "deterministic", "ordered"}},
      {"method", {"signature"}},
      {"param",
       {"type", "required", "default", "min", "max", "unit", "choices", "list", "reload", "secret", "example", "label",
        "doc"}},
      {"metric", {"type", "default", "min", "max", "rising", "label", "unit", "doc"}},
      {"column", {"access", "type", "null", "doc"}},
  };
  return labels;
}

}  // namespace

std::vector<diagnostic::Comparison> misspelt_labels(const std::string& manifest) {
  diagnostic::Diagnostics unheard;  // the gate has said it
  plugin::ManifestFaults faults({}, {}, unheard);
  std::vector<diagnostic::Comparison> found;
  for (const plugin::ManifestLine& line : plugin::split_manifest(manifest, faults)) {
    const auto known = known_labels().find(line.kind());
    if (known == known_labels().end()) continue;
    for (const auto& [label, value] : line.fields) {
      if (label == line.kind() || std::ranges::count(known->second, label) > 0) continue;
      const Names near = diagnostic::near_names(label, known->second);
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
