#include "input.hpp"

#include "open_failure.hpp"
#include "output_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace csv {
namespace {

[[noreturn]] void fail(const std::string& what, int error) {
  throw std::runtime_error(what + ": " + std::generic_category().message(error));
}

}  // namespace

Input::Input(const std::string& path)
    : name_(path == "-" ? "standard input" : path), descriptor_(0), own_(path != "-") {
  if (own_) {
    // Without O_NONBLOCK opening a FIFO waits for its writer.
    descriptor_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor_ < 0) fail_to_open("cannot open", path, errno, false);
  }
  struct stat status;
  const int error = fstat(descriptor_, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? EISDIR : 0;
  const bool is_output = error == 0 && is_being_written({status.st_dev, status.st_ino});
  if (error == 0 && S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);
  if (error == 0 && !is_output) return;
  if (own_) ::close(descriptor_);
  if (is_output)
    throw std::runtime_error(
        "cannot read `" + name_ +
        "`: the sink of this run writes it; give that another `path`, or set `atomic: true` there to "
        "replace the file at the end");
  fail("cannot read `" + name_ + "`", error);
}

Input::~Input() {
  if (own_) ::close(descriptor_);
}

std::optional<std::size_t> Input::read(std::span<char> room) {
  // Asked first, always: standard input must not be made non-blocking, it is shared with whoever started us; and a FIFO
  // that has had no writer yet would look as if it had ended.
  pollfd ready{descriptor_, POLLIN, 0};
  if (poll(&ready, 1, 0) <= 0) return std::nullopt;
  const ssize_t bytes = ::read(descriptor_, room.data(), room.size());
  if (bytes >= 0) return static_cast<std::size_t>(bytes);
  if (errno == EAGAIN || errno == EINTR) return std::nullopt;
  fail("cannot read `" + name_ + "`", errno);
}

}  // namespace csv
