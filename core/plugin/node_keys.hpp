#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace penstock::plugin {

/** A key that the host gives to every node of a pipeline file. A parameter so named could never be set. */
struct NodeKey {
  std::string_view name;
  bool supported;  ///< false: kept for a later version, and refused by this one
};

inline constexpr std::array<NodeKey, 14> node_keys = {{{"type", true},
                                                       {"name", true},
                                                       {"inputs", false},
                                                       {"columns", true},
                                                       {"audit", false},
                                                       {"retry", false},
                                                       {"circuit_breaker", false},
                                                       {"timeout", false},
                                                       {"rate_limit", false},
                                                       {"on_bad_row", true},
                                                       {"rejects", true},
                                                       {"flush_every", true},
                                                       {"max_delay", true},
                                                       {"workers", false}}};

/** The key of that name, nullptr if a node has none. */
[[nodiscard]] constexpr const NodeKey* find_node_key(std::string_view name) noexcept {
  const auto found = std::ranges::find(node_keys, name, &NodeKey::name);
  return found == node_keys.end() ? nullptr : &*found;
}

}  // namespace penstock::plugin
