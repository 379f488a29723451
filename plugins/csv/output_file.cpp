#include "output_file.hpp"

#include "open_failure.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
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

// The file that a chain of symbolic links leads to, also if it is not there.
std::string behind_links(std::filesystem::path path) {
  std::error_code ignored;
  for (int i = 0; i < 40 && std::filesystem::is_symlink(path, ignored); ++i)
    path = path.parent_path() / std::filesystem::read_symlink(path, ignored);
  return std::filesystem::absolute(path).string();
}

std::mutex mutex;
std::set<FileId> being_written;

}  // namespace

bool is_being_written(const FileId& file) {
  const std::lock_guard lock(mutex);
  return being_written.contains(file);
}

OutputFile::OutputFile(const std::string& path, Replace when)
    : name_(path == "-" ? "standard output" : path), own_(path != "-") {
  if (when == Replace::at_first_write || !own_ || !open_beside(path)) open_in_place(path);
}

OutputFile::~OutputFile() {
  if (own_) ::close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
  const std::lock_guard lock(mutex);
  if (file_) being_written.erase(*file_);
}

void OutputFile::open_in_place(const std::string& path) {
  if (own_) descriptor_ = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
  if (descriptor_ < 0) fail_to_open("cannot open", path, errno, true);
  struct stat status;
  is_regular_ = fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
  if (!is_regular_) return;
  if (own_ && flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(descriptor_);
    throw std::runtime_error("cannot write `" + path + "`: another node or run is writing it");
  }
  file_ = {status.st_dev, status.st_ino};
  const std::lock_guard lock(mutex);
  being_written.insert(*file_);
}

// False: what is there is no regular file, and cannot be replaced by one.
bool OutputFile::open_beside(const std::string& path) {
  const std::string target = behind_links(path);
  struct stat old;
  const bool is_there = stat(target.c_str(), &old) == 0;
  if (is_there && !S_ISREG(old.st_mode)) return false;
  // To rename takes no right to write the file, but who took that right away did not mean this.
  if (is_there && faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0)
    fail("cannot write `" + path + "`", errno);

  static std::atomic<unsigned> number = 0;
  const std::filesystem::path place(target);
  do {
    temporary_ = (place.parent_path() / ("." + place.filename().string().substr(0, 200) + "." +
                                         std::to_string(getpid()) + "-" + std::to_string(++number) + ".part"))
                     .string();
    descriptor_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (descriptor_ < 0 && errno == EEXIST);  // left by a run that was killed
  if (descriptor_ < 0) fail_to_open("cannot make a file beside", path, errno, true);
  if (is_there) {
    static_cast<void>(!fchown(descriptor_, old.st_uid, old.st_gid));  // not everybody may
    static_cast<void>(!fchmod(descriptor_, old.st_mode & 07777));
  }
  is_regular_ = true;
  target_ = target;
  return true;
}

bool OutputFile::write(std::string_view bytes) {
  if (!std::exchange(begun_, true) && is_regular_ && own_ && ftruncate(descriptor_, 0) != 0)
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
  if (is_regular_ && own_ && fdatasync(descriptor_) != 0) fail("cannot write `" + name_ + "`", errno);
}

void OutputFile::publish() {
  if (temporary_.empty()) return;
  sync();
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail("cannot replace `" + name_ + "`", errno);
  temporary_.clear();
  // The new name is on the disk when the directory is; one that cannot be synchronised has no better to offer.
  const int directory = open(std::filesystem::path(target_).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  fsync(directory);
  ::close(directory);
}

void OutputFile::close() {
  if (std::exchange(own_, false) && ::close(descriptor_) != 0 && errno != EINTR)
    fail("cannot close `" + name_ + "`", errno);
}

}  // namespace csv
