#include "execution/wait.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>

#include "execution/waker.hpp"

namespace penstock::execution {

Woken wait(Chain& chain, Context& context, std::int64_t until_ns, std::intptr_t handle, int level) {
  if (handle < -1 || handle > std::numeric_limits<int>::max()) return Woken::by_broken_handle;
  Waker& waker = context.hosts.waker();
  // Said before looking at the alarms: who sets one after the look sees a sleeper and wakes it.
  waker.before_sleep();
  const std::int64_t until = std::min({until_ns, chain.next_alarm(), chain.source().alarm()});
  const std::int64_t now = steady_ns();
  // The descriptor of Stop stays readable once it was asked: then only the clock and a look at the level help.
  constexpr std::int64_t look_ns = 50'000'000;
  std::array<pollfd, 3> watched{{{waker.descriptor(), POLLIN, 0},
                                 {level == 0 ? context.stop.descriptor() : -1, POLLIN, 0},
                                 {static_cast<int>(handle), POLLIN, 0}}};
  std::int64_t left = until == never ? never : std::max<std::int64_t>(0, until - now);
  if (level > 0) left = std::min(left, look_ns);
  const timespec limit{static_cast<time_t>(left / 1'000'000'000), static_cast<long>(left % 1'000'000'000)};
  const int ready = ::ppoll(watched.data(), watched.size(), left == never ? nullptr : &limit, nullptr);
  waker.after_sleep();
  if (context.stop.level() > level) return Woken::by_stop;
  if (ready <= 0) return Woken::by_time;
  if ((watched[2].revents & POLLNVAL) != 0) return Woken::by_broken_handle;
  if (watched[2].revents != 0) return Woken::by_handle;
  return Woken::by_call;
}

}  // namespace penstock::execution
