#include "plugin/file_calls.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace penstock::plugin {

int open_file(const std::filesystem::path& path) noexcept {
  return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

void close_file(int descriptor) noexcept { ::close(descriptor); }

bool read_file(int descriptor, std::uint64_t offset, std::span<std::byte> into) noexcept {
  while (!into.empty()) {
    const ssize_t count = ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    offset += static_cast<std::uint64_t>(count);
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace penstock::plugin
