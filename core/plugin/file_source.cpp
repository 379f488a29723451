#include "plugin/file_source.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "plugin/file_calls.hpp"

namespace penstock::plugin {

using diagnostic::Code;

std::unique_ptr<FileSource> FileSource::open(const std::filesystem::path& path, int& reason) {
  const int descriptor = open_file(path);
  reason = descriptor < 0 ? errno : 0;
  if (descriptor < 0) return nullptr;
  std::unique_ptr<FileSource> source(new FileSource(descriptor));
  const auto identity = identity_of(descriptor);
  if (!identity) return nullptr;
  source->identity_ = *identity;
  return source;
}

std::unique_ptr<FileSource> FileSource::open(const std::filesystem::path& path, Diagnostics& found) {
  int reason = 0;
  auto source = open(path, reason);
  if (source) return source;
  if (reason == 0) {
    found.add({.code = Code::PS0102,
               .summary = "`" + path.filename().string() + "` is not a regular file",
               .place = {.file = path.string()}});
    return nullptr;
  }
  const bool denied = reason == EACCES || reason == EPERM;
  found.add({.code = Code::PS0101,
             .summary = "library `" + path.filename().string() + "` cannot be read",
             .place = {.file = path.string()},
             .comparisons = {{"", "a readable file", std::generic_category().message(reason)}},
             .help = {denied ? "give the user who runs Penstock the right to read it"
                      : is_want_of_means(reason)
                          ? "let Penstock open more files (`ulimit -n`) or take more memory (`ulimit -v`)"
                          : "put a readable file there or remove it"}});
  return nullptr;
}

bool is_want_of_means(int reason) noexcept { return reason == EMFILE || reason == ENFILE || reason == ENOMEM; }

FileSource::~FileSource() { close_file(descriptor_); }

const FileSource::Block* FileSource::block(std::uint64_t number) const {
  for (const Block& one : blocks_)
    if (one.number == number) return &one;
  Block& one = blocks_[oldest_];
  oldest_ = (oldest_ + 1) % blocks_.size();
  const std::uint64_t begin = number * one.bytes.size();
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(one.bytes.size(), size() - begin));
  const bool is_read = read_file(descriptor_, begin, std::span(one.bytes).first(count));
  one.number = is_read ? number : none;
  return is_read ? &one : nullptr;
}

bool FileSource::read(std::uint64_t offset, std::span<std::byte> into) const {
  if (offset > size() || into.size() > size() - offset) return false;
  constexpr std::size_t block_size = sizeof(Block::bytes);
  if (into.size() > block_size) return read_file(descriptor_, offset, into);
  while (!into.empty()) {
    const Block* const from = block(offset / block_size);
    if (from == nullptr) return false;
    const std::span<const std::byte> rest = std::span(from->bytes).subspan(offset % block_size);
    const std::size_t count = std::min(rest.size(), into.size());
    std::copy_n(rest.begin(), count, into.begin());
    into = into.subspan(count);
    offset += count;
  }
  return true;
}

}  // namespace penstock::plugin
