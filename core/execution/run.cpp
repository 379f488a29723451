#include "execution/run.hpp"

#include <algorithm>

#include "execution/chain.hpp"
#include "execution/hosts.hpp"
#include "execution/read.hpp"

namespace penstock::execution {
namespace {

constexpr std::int64_t most_batch_rows = 1 << 20;

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::finished: return "finished";
    case Outcome::stopped: return "stopped";
    default: return "failed";
  }
}

Summary add_up(const Chain& chain, const Context& context, std::int64_t start_ns) {
  Summary summary;
  summary.outcome = context.found.has_errors() || context.hosts.change_log_failed() ? Outcome::failed
                    : context.stop.level() > 0                                      ? Outcome::stopped
                                                                                    : Outcome::finished;
  summary.nodes = chain.totals();
  const Ledger& ledger = context.ledger;
  summary.read = ledger.read;
  summary.emitted = ledger.emitted;
  summary.delivered = ledger.delivered;
  summary.filtered = ledger.filtered;
  summary.rejected = ledger.rejected;
  summary.absorbed = ledger.absorbed;
  summary.unacknowledged = ledger.unacknowledged;
  summary.elapsed = std::chrono::nanoseconds(steady_ns() - start_ns);
  return summary;
}

}  // namespace

Summary run(pipeline::Plan& plan, Hosts& hosts, const RunOptions& asked, Stop& stop, Diagnostics& found) {
  const std::int64_t start = steady_ns();
  Diagnostics faults;
  RunOptions options = asked;
  options.batch_rows = std::clamp<std::int64_t>((asked.batch_rows + 63) / 64 * 64, 64, most_batch_rows);
  hosts.keys().limit(plan.max_keys);
  Context context{hosts, options, stop, faults};
  Chain chain(plan, context);
  if (chain.open()) {
    read(chain, context);
    chain.drain();
  }
  chain.close();
  if (!context.ledger.closes()) faults.add(does_not_add_up(context.ledger));
  Summary summary = add_up(chain, context, start);
  hosts.lifecycle({}, name(summary.outcome));
  found.add(faults);
  return summary;
}

}  // namespace penstock::execution
