#include "output_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace csv {
namespace {

[[noreturn]] void fail(const std::string& what, int error) {
  throw std::runtime_error(what + ": " + std::generic_category().message(error));
}

std::mutex mutex;
std::set<FileId> being_written;

}  // namespace

bool is_being_written(const FileId& file) {
  const std::lock_guard lock(mutex);
  return being_written.contains(file);
}

OutputFile::OutputFile(const std::string& path)
    : name_(path == "-" ? "standard output" : path), descriptor_(1), own_(path != "-") {
  if (own_) descriptor_ = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
  if (descriptor_ < 0) fail("cannot open `" + path + "`", errno);
  struct stat status;
  if (fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return;
  if (own_ && flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(descriptor_);
    throw std::runtime_error("cannot write `" + path + "`: another node or run is writing it");
  }
  file_ = {status.st_dev, status.st_ino};
  const std::lock_guard lock(mutex);
  being_written.insert(*file_);
}

OutputFile::~OutputFile() {
  if (own_) ::close(descriptor_);
  const std::lock_guard lock(mutex);
  if (file_) being_written.erase(*file_);
}

bool OutputFile::write(std::string_view bytes) {
  if (!std::exchange(begun_, true) && file_ && own_ && ftruncate(descriptor_, 0) != 0)
    fail("cannot replace `" + name_ + "`", errno);
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return false;
    } else if (errno == EAGAIN) {  // standard output may be non-blocking: somebody else's choice
      pollfd room{descriptor_, POLLOUT, 0};
      poll(&room, 1, -1);
    } else if (errno != EINTR) {
      fail("cannot write `" + name_ + "`", errno);
    }
  }
  return true;
}

void OutputFile::sync() {
  if (file_ && own_ && fdatasync(descriptor_) != 0) fail("cannot write `" + name_ + "`", errno);
}

void OutputFile::close() {
  if (std::exchange(own_, false) && ::close(descriptor_) != 0 && errno != EINTR)
    fail("cannot close `" + name_ + "`", errno);
}

}  // namespace csv
