#include "plugin/file_source.hpp"

#include <cerrno>
#include <system_error>

#include "plugin/file_calls.hpp"

namespace penstock::plugin {

using diagnostic::Code;

std::unique_ptr<FileSource> FileSource::open(const std::filesystem::path& path, Diagnostics& found) {
  const int descriptor = open_file(path);
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
  const auto identity = identity_of(descriptor);
  if (!identity) {
    found.add({.code = Code::PS0102,
               .summary = "`" + path.filename().string() + "` is not a regular file",
               .place = {.file = path.string()}});
    return nullptr;
  }
  source->identity_ = *identity;
  return source;
}

FileSource::~FileSource() { close_file(descriptor_); }

bool FileSource::read(std::uint64_t offset, std::span<std::byte> into) const {
  return read_file(descriptor_, offset, into);
}

}  // namespace penstock::plugin
