#include "execution/read.hpp"

#include <algorithm>

#include "execution/wait.hpp"

namespace penstock::execution {
namespace {

/** Whether reading goes on after a look at the change log and the stop request. */
bool goes_on(Chain& chain, Context& context) {
  if (context.hosts.change_log_failed()) return false;
  const int level = context.stop.level();
  if (level == 0) return true;
  if (level >= 2 || chain.source().can_seek()) return false;
  const std::int64_t now = steady_ns();
  const std::int64_t timeout = context.options.drain_timeout.count();
  if (context.drain_deadline == never) context.drain_deadline = timeout > never - now ? never - 1 : now + timeout;
  if (now < context.drain_deadline) return true;
  context.found.add(
      not_drained(chain.source().call_of("stream"), static_cast<double>(timeout) * 1e-9, chain.sink().unflushed()));
  return false;
}

void read_until_end(Chain& chain, Context& context) {
  std::uint64_t left = context.options.limit;
  std::int64_t due = 0;  // when the source is to be called again, or earlier if `handle` is readable
  std::intptr_t handle = -1;
  while (left > 0 && chain.is_open() && goes_on(chain, context)) {
    const int level = context.stop.level();
    const std::int64_t now = steady_ns();
    if (due <= now || chain.source().is_due(now)) {
      const auto room = static_cast<std::int64_t>(
          std::min<std::uint64_t>(left, static_cast<std::uint64_t>(context.options.batch_rows)));
      const Pulled pulled = chain.source().pull(room, left, level > 0);
      if (pulled.batch != nullptr) {
        left -= static_cast<std::uint64_t>(pulled.batch->rows);
        chain.take_in(*pulled.batch);
        chain.flush_if_due();
      }
      if (pulled.answer != Answer::ok) return;
      handle = pulled.wait_handle;
      const std::int64_t wait_ns = std::max<std::int64_t>(0, pulled.wait_ns);
      due = wait_ns == 0 ? 0 : wait_ns > never - now ? never : now + wait_ns;
    }
    if (chain.waiting_until() <= now) chain.pass_on_waiting();
    chain.tick(now);
    chain.flush_if_due();
    if (due == 0) continue;
    chain.finish_rounds();
    chain.flush_if_due();
    switch (wait(chain, context, std::min({due, chain.waiting_until(), context.drain_deadline}), handle, level)) {
      case Woken::by_handle:
      case Woken::by_stop: due = 0; break;
      case Woken::by_broken_handle: chain.source().fail_waiting(handle); return;
      case Woken::by_time:
      case Woken::by_call: break;
    }
  }
}

}  // namespace

void read(Chain& chain, Context& context) {
  read_until_end(chain, context);
  chain.pass_on_waiting();
}

}  // namespace penstock::execution
