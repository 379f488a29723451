#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/node.hpp"
#include "pipeline/partition.hpp"

namespace penstock::pipeline {

/** Understands what a pipeline file says: its name and its nodes, the source first and the sink last, each with a name
 *  of its own. Keys that a pipeline or a node does not have are reported; parameters are left for `evaluate`. `sink`,
 *  if given, is a type that stands in for the sink of the file. What was understood comes back, also beside faults. */
struct Draft {
  std::string name;
  std::vector<Node> nodes;
  std::optional<PartitionRequest> partitions = {};
  std::int32_t max_keys = batch::KeyTable::default_max_keys;
};
[[nodiscard]] Draft describe(const Value& root, const std::string& file, const std::optional<std::string>& sink,
                             Diagnostics& found);

/** The keys of a pipeline file. */
inline constexpr std::array<std::string_view, 6> pipeline_keys{"pipeline", "source",     "stages",
                                                               "sink",     "partitions", "max_keys"};

/** A name of a pipeline or node: a letter or `_`, then letters, digits, `_`, `-`; at most 64 bytes. It becomes part of
 *  paths, of `NODE.PARAM` and of the change log. */
[[nodiscard]] bool is_name(std::string_view text) noexcept;
inline constexpr std::string_view name_rule = "a letter or `_`, then letters, digits, `_` and `-`, at most 64";

}  // namespace penstock::pipeline
