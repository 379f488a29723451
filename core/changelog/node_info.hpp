#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "changelog/change.hpp"

namespace penstock::changelog {

/** One audited metric of a node, as it is written to the log before its first change. */
struct MetricInfo {
  std::string name;   ///< `records_processed`; the host's own begin with `host.`
  std::string label;  ///< what people read; never empty
  std::string unit = {};
  MetricType type = MetricType::u64;
  // Bits, by `type`: a double would not tell 2^53 from 2^53 + 1.
  std::uint64_t initial = 0;
  std::optional<std::uint64_t> min = {};
  std::optional<std::uint64_t> max = {};
  bool never_decreasing = false;
};

/** A node of a run. */
struct NodeInfo {
  std::string name;
  std::string type;
  std::string library;
  std::vector<MetricInfo> metrics;
};

}  // namespace penstock::changelog
