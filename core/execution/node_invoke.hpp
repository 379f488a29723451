#pragma once

#include "execution/node.hpp"
#include "plugin/current_call.hpp"

namespace penstock::execution {

/** Makes one call into the plugin, again after RETRY, and measures it. What the plugin reports and rejects meanwhile is
 *  kept in the node until the caller settles it; what it emits has gone on, so that a RETRY after it is a breach. */
template <class Method>
penstock_status Node::invoke(std::string_view method, Method&& call) {
  method_ = method;
  const plugin::CurrentCall here(plan_.name, *plan_.type.type, method, sequence_);
  host_.enter(this);
  penstock_status status = PENSTOCK_FAILED;
  for (attempts_ = 1;; ++attempts_) {
    begin_attempt();
    const std::uint64_t emitted = totals_.emitted;
    const std::int64_t start = clock_.now();
    try {
      status = call();
    } catch (...) {
      broken_ = "let an exception out";
    }
    call_ns_ = clock_.ns(clock_.now() - start - spent_downstream_);
    totals_.time += std::chrono::nanoseconds(call_ns_);
    take_back_lent();
    if (status == PENSTOCK_RETRY && totals_.emitted != emitted)
      broken_ = "answered PENSTOCK_RETRY (nothing was taken) after it had emitted rows";
    if (status != PENSTOCK_RETRY || !broken_.empty() || !back_off(attempts_)) break;
  }
  host_.enter(nullptr);
  return status;
}

}  // namespace penstock::execution
