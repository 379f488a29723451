#include "changelog/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>

namespace penstock::changelog {
namespace {

/** A write past the limit of file sizes sends SIGXFSZ, which would end the host. Held back it is only an EFBIG. */
class HoldSizeSignal {
 public:
  HoldSizeSignal() noexcept {
    sigemptyset(&signal_);
    sigaddset(&signal_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signal_, &before_);
  }
  ~HoldSizeSignal() {
    if (sigismember(&before_, SIGXFSZ) == 1) return;
    const int error = errno;
    const timespec at_once{};
    while (sigtimedwait(&signal_, nullptr, &at_once) < 0 && errno == EINTR) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }
  HoldSizeSignal(const HoldSizeSignal&) = delete;
  HoldSizeSignal& operator=(const HoldSizeSignal&) = delete;

 private:
  sigset_t signal_{};
  sigset_t before_{};
};

}  // namespace

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

File File::open(const std::filesystem::path& path, int flags, mode_t mode) noexcept {
  File file(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode));
  struct stat about {};
  if (file && (fstat(file.descriptor_, &about) != 0 || !S_ISREG(about.st_mode))) {
    file = File();
    errno = EINVAL;
  }
  return file;
}

std::uint64_t File::size() const noexcept {
  struct stat about {};
  return fstat(descriptor_, &about) == 0 ? static_cast<std::uint64_t>(about.st_size) : 0;
}

std::optional<std::size_t> File::read(std::uint64_t offset, std::span<std::byte> into) const noexcept {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t n = pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return std::nullopt;
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

bool File::write(std::uint64_t offset, std::span<const std::byte> bytes) noexcept {
  const HoldSizeSignal hold;
  while (!bytes.empty()) {
    const ssize_t n = pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    offset += static_cast<std::uint64_t>(n);
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

bool File::reserve(std::uint64_t offset, std::uint64_t size) noexcept {
  const HoldSizeSignal hold;
  int error;
  do {
    error = posix_fallocate(descriptor_, static_cast<off_t>(offset), static_cast<off_t>(size));
  } while (error == EINTR);
  errno = error;
  return error == 0;
}

bool File::cut(std::uint64_t size) noexcept { return ftruncate(descriptor_, static_cast<off_t>(size)) == 0; }

std::string system_error() {
  const int error = errno;
  return std::generic_category().message(error) + " (errno " + std::to_string(error) + ")";
}

}  // namespace penstock::changelog
