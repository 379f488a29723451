#include "plugin/file_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace penstock::plugin {

using diagnostic::Code;

std::unique_ptr<FileSource> FileSource::open(const std::filesystem::path& path, Diagnostics& found) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    const int reason = errno;
    const bool denied = reason == EACCES || reason == EPERM;
    found.add({.code = Code::PS0101,
               .summary = "library `" + path.filename().string() + "` cannot be read",
               .place = {.file = path.string()},
               .comparisons = {{"", "a readable file", std::generic_category().message(reason)}},
               .help = {denied ? "give the user who runs Penstock the right to read it"
                               : "put a readable file there or remove it"}});
    return nullptr;
  }
  std::unique_ptr<FileSource> source(new FileSource(descriptor));
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    found.add({.code = Code::PS0102,
               .summary = "`" + path.filename().string() + "` is not a regular file",
               .place = {.file = path.string()}});
    return nullptr;
  }
  source->identity_ = identity_of(status);
  return source;
}

FileSource::~FileSource() { ::close(descriptor_); }

bool FileSource::read(std::uint64_t offset, std::span<std::byte> into) const {
  while (!into.empty()) {
    const ssize_t count = ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    offset += static_cast<std::uint64_t>(count);
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace penstock::plugin
