#include "execution/waker.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace penstock::execution {

Waker::Waker() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (event_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Waker::~Waker() { ::close(event_); }

void Waker::wake() noexcept {
  if (!sleeping_.load(std::memory_order_seq_cst)) return;
  const std::uint64_t one = 1;
  // Fails only when it is already readable 2^64 - 2 times, and then the sleeper is awake.
  [[maybe_unused]] const auto written = ::write(event_, &one, sizeof one);
}

void Waker::before_sleep() noexcept { sleeping_.store(true, std::memory_order_seq_cst); }

void Waker::after_sleep() noexcept {
  sleeping_.store(false, std::memory_order_seq_cst);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto read = ::read(event_, &count, sizeof count);
}

}  // namespace penstock::execution
