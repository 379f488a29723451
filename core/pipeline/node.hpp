#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pipeline/plan.hpp"
#include "pipeline/syntax.hpp"
#include "plugin/catalog.hpp"

namespace penstock::pipeline {

/** A parameter that an operator set, and where. */
struct Setting {
  std::string parameter;
  Place place = {};  ///< of the key; without a file: the command line
  Value value = {};

  [[nodiscard]] bool is_from_command_line() const noexcept { return place.file.empty(); }
};

/** A node as it is written. */
struct Description {
  std::string name = {};
  plugin::Interface role = plugin::Interface::stage;
  std::string type = {};               ///< empty: not understood, and reported
  Place place = {};                    ///< of the type
  std::vector<Setting> settings = {};  ///< the last of a parameter counts
  std::vector<Rename> columns = {};
  OnBadRow on_bad_row = OnBadRow::stop;
  std::optional<std::filesystem::path> rejects = {};
  Place rejects_place = {};
  std::uint64_t flush_every_rows = 0;
  std::chrono::nanoseconds max_delay{0};

  /** How the pipeline calls a column that the plugin calls `plugin_name`. */
  [[nodiscard]] const std::string& to_pipeline(const std::string& plugin_name) const noexcept {
    for (const Rename& rename : columns)
      if (rename.plugin_name == plugin_name) return rename.pipeline_name;
    return plugin_name;
  }
  /** How the plugin calls a column that the pipeline calls `pipeline_name`. */
  [[nodiscard]] const std::string& to_plugin(const std::string& pipeline_name) const noexcept {
    for (const Rename& rename : columns)
      if (rename.pipeline_name == pipeline_name) return rename.plugin_name;
    return pipeline_name;
  }
};

/** The value of a parameter: a scalar, or the texts of a list. */
using Content = std::variant<plugin::Scalar, std::vector<std::string>>;

/** A parameter's value and where it comes from. */
struct Argument {
  const plugin::Parameter* declared = nullptr;  ///< belongs to the catalog
  Content content = {};
  Place place = {};       ///< of the key; of the node's type for a default and for the command line
  std::string reason;     ///< `default`, `plant.yaml:4:12`, `environment variable MIN, plant.yaml:4:12`, `command line`
  std::string veil = {};  ///< what messages show in its place; empty: the value itself
  std::string relative = {};  ///< a path as it was written, if it is taken from where the host was started
};

/** How the columns of a node are found in the batches. */
struct Wiring {
  std::vector<Binding> bindings = {};
  batch::Schema in = {}, out = {};
};

/** A node on its way from the file to the plan: each station of the journey fills in its part. */
struct Node {
  Description description = {};
  const plugin::ExportedType* type = nullptr;     ///< resolve; null: reported
  std::vector<Argument> arguments = {};           ///< evaluate; in the order of the manifest
  std::optional<plugin::LoadedType> loaded = {};  ///< load
  Partition partition = {};                       ///< partition
  const penstock_host* host = nullptr;            ///< create
  std::optional<Instance> instance = {};          ///< create
  Wiring wiring = {};                             ///< wire
};

}  // namespace penstock::pipeline
