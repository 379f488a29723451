#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "changelog/block.hpp"
#include "changelog/change.hpp"
#include "changelog/entry.hpp"
#include "changelog/payload.hpp"

namespace penstock::changelog {

/** What the numbers in the rows of one run mean: its name, its nodes, their metrics. */
class Dictionary {
 public:
  /** Forgets everything and begins the dictionary of another run. */
  void begin_run(std::uint32_t number, std::string name);
  void add(NodeDefinition node);

  /** What follows is of this run: if it is another one than before, nothing of it is known yet. */
  void turn_to(std::uint32_t run);

  /** Takes over a definitions block, and hands each of its nodes to `each`. False: the payload is malformed. */
  [[nodiscard]] bool learn(const BlockHeader& header, std::span<const std::byte> payload,
                           const std::function<void(const NodeDefinition&)>& each = {});

  [[nodiscard]] std::uint32_t run_number() const noexcept { return run_number_; }
  [[nodiscard]] const std::string& run_name() const noexcept { return run_name_; }

  /** Fills all of `change` but its sequence. A node or a metric that is not defined is called `#7`. Reuses the texts' memory. */
  void describe(const Entry& entry, Change& change) const;

 private:
  std::uint32_t run_number_ = 0;
  std::string run_name_;
  std::unordered_map<std::uint32_t, NodeInfo> nodes_;  ///< by number, of which a damaged log may have any
};

/** Hands the changes of a whole block to `each`, in order, until it returns false; false then. `dictionary` learns on the way.
 *  `malformed` becomes true when the payload is not what its checksums vouch for: a writer's fault. */
bool decode(const BlockHeader& header, std::span<const std::byte> payload, Dictionary& dictionary,
            const std::function<bool(const Change&)>& each, bool& malformed);

}  // namespace penstock::changelog
