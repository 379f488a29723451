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
  std::uint64_t initial = 0;  ///< bits, by `type`
  std::optional<double> min = {};
  std::optional<double> max = {};
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
