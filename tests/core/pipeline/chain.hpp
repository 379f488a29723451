#pragma once

#include "core/pipeline/bench.hpp"

namespace penstock::pipeline {

/** The lines of a manifest that every type has. */
inline const std::string life =
    "method:create\tsignature:(host) -> instance\nmethod:destroy\tsignature:() -> nothing\n";

/** The manifest of a stage. */
inline std::string stage(const std::string& name, const std::string& rows, const std::string& lines) {
  return "penstock:1\tname:" + name + "\tinterface:Stage 1.0\tsdk:1.0\trows:" + rows + "\n" + life + lines;
}

/** Pipelines of one line a node. */
class Chain : public Bench {
 protected:
  /** `source` and `stages` are the text of flow mappings. */
  bool chain(const std::vector<std::string>& stages, const std::string& sink = "type: console",
             const std::string& source = "type: csv_reader, path: x") {
    std::string text = "source: {" + source + "}\n";
    if (!stages.empty()) text += "stages:\n";
    for (const std::string& stage : stages) text += "  - {" + stage + "}\n";
    return compile(text + "sink: {" + sink + "}\n");
  }
};

}  // namespace penstock::pipeline
