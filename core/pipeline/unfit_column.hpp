#pragma once

#include <optional>
#include <span>
#include <string>

#include "pipeline/node.hpp"

namespace penstock::pipeline {

/** Where a column can come from. */
struct Surroundings {
  std::span<const Node> before, behind;  ///< the other nodes; those before are wired
  const plugin::Catalog& catalog;
};

/** The type of a declared column; nothing: one that this version does not have. */
[[nodiscard]] std::optional<batch::Type> type_of(const plugin::Column& column);

/** `sensor_id key`, `value f64` */
[[nodiscard]] std::string described(const batch::Schema& schema);

/** `` `normalize` (plant.yaml:3:12) ``: the last node before that adds the column; empty: none does. */
[[nodiscard]] std::string maker_of(const std::string& name, const Surroundings& around);

/** PS0415: `column`, which `node` needs, does not come. Says what would bring it. */
[[nodiscard]] diagnostic::Diagnostic missing_column(const Node& node, const plugin::Column& column,
                                                    const Surroundings& around);

/** PS0416: the column `came` comes, and `node` needs it as the type of `column`. */
[[nodiscard]] diagnostic::Diagnostic mistyped_column(const Node& node, const plugin::Column& column, std::size_t came,
                                                     const Surroundings& around);

}  // namespace penstock::pipeline
