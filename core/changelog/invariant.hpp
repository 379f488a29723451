#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "changelog/entry.hpp"
#include "changelog/node_info.hpp"

namespace penstock::changelog {

/** A metric's bits as the value that they stand for. */
[[nodiscard]] Value value_of(MetricType type, std::uint64_t bits);

/** The assignment breaks what the metric promises. A NaN breaks every invariant; one that never decreases may fall to its
 *  initial value, and to no other. */
[[nodiscard]] bool breaks_invariant(const MetricInfo& metric, std::uint64_t before, std::uint64_t after) noexcept;

/** What is broken: `less than 0`, `greater than 100`, `not a number`; empty: nothing. */
[[nodiscard]] std::string broken_invariant(const MetricInfo& metric, std::uint64_t before, std::uint64_t after);

/** Follows the value of every metric of a run, and marks what a plugin did not tell: an accepted value that breaks the
 *  invariant, an old value that is not the new one of the change before. */
class Ledger {
 public:
  /** Begins the accounts of a node; one that is there goes on. */
  void add(std::uint32_t node, const NodeInfo& info);

  /** Sets the flags of the entry and takes its value over. */
  void mark(Entry& entry) noexcept;

  /** Takes the value of an entry over that was marked before. */
  void follow(const Entry& entry) noexcept;

 private:
  struct Account {
    MetricInfo metric;
    bool has_invariant = false;
    bool known = false;  ///< `last` is: a recovered ring may begin in the middle of a run
    std::uint64_t last = 0;
  };
  [[nodiscard]] Account* account(const Entry& entry) noexcept;

  std::vector<std::vector<Account>> nodes_;
};

}  // namespace penstock::changelog
