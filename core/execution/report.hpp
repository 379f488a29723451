#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.hpp"
#include "execution/ledger.hpp"
#include "pipeline/plan.hpp"

namespace penstock::execution {

/** Which call into a node: for what is said when it goes wrong. */
struct Call {
  const pipeline::NodePlan& node;
  std::string_view method;
  std::uint64_t sequence = 0;  ///< number of the batch on the node's input; 0: not about a batch
};

/** A status below 0, or one that is none; `said` is what the plugin gave to `fail`. */
[[nodiscard]] diagnostic::Diagnostic failed(const Call& call, penstock_status status,
                                            const std::optional<pipeline::Failure>& said, int attempts);

/** The node did what its manifest or the boundary rules out: ``node `x` `` followed by `what`. */
[[nodiscard]] diagnostic::Diagnostic broke_contract(const Call& call, const std::string& what);

/** There was no memory for the batch at hand. */
[[nodiscard]] diagnostic::Diagnostic no_memory(const Call& call);

/** A row that ended the run. `row` -1: it never became one. */
[[nodiscard]] diagnostic::Diagnostic bad_row(const Call& call, std::int64_t row, std::string_view column,
                                             std::string_view place, std::string_view reason, std::string_view raw);

/** Adds how a plugin takes nulls of this column. */
void advise_on_nulls(diagnostic::Diagnostic& bad_row, const std::string& column);

/** The node was still at work when the drain had to be over. */
[[nodiscard]] diagnostic::Diagnostic not_drained(const Call& call, double seconds, std::uint64_t rows);

/** Adds that there is room for no further key, which is what most plugins then fail with. */
void note_full_keys(diagnostic::Diagnostic& failure, std::int32_t keys);

/** A ledger that does not close: a bug of the host. */
[[nodiscard]] diagnostic::Diagnostic does_not_add_up(const Ledger& ledger);

}  // namespace penstock::execution
