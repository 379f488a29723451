#include "execution/stop.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace penstock::execution {

static_assert(std::atomic<int>::is_always_lock_free, "request() is called from signal handlers");

Stop::Stop() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Stop::~Stop() { ::close(event_); }

void Stop::request() noexcept {
  const int before = errno;
  level_.fetch_add(1, std::memory_order_seq_cst);
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(event_, &one, sizeof one);
  errno = before;
}

int Stop::level() const noexcept {
  const int level = level_.load(std::memory_order_seq_cst);
  return level > 2 ? 2 : level;
}

int Stop::descriptor() const noexcept { return event_; }

}  // namespace penstock::execution
