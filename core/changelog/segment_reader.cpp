#include "changelog/segment_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "changelog/directory.hpp"

namespace penstock::changelog {
namespace {

constexpr std::uint64_t page = 4096;
constexpr std::size_t chunk_size = 64 * 1024;

}  // namespace

std::vector<RingRange> Block::rings() const {
  std::vector<RingRange> ranges(header.ring_count);
  if (!ranges.empty()) std::memcpy(ranges.data(), payload.data(), ranges.size() * sizeof(RingRange));
  return ranges;
}

SegmentReader::SegmentReader(const std::filesystem::path& path)
    : directory_(path.parent_path()), file_(File::open(path, O_RDONLY)) {
  if (file_) size_ = file_.size();
}

Step SegmentReader::next(Block& into) {
  Look seen = look(into);
  bool is_final = false;
  bool is_size_of_now = false;
  while (seen.step != Step::block && seen.step != Step::end && !is_final && error_ == 0) {
    // Asked before the bytes are read again: what a writer left that has ended by now is all there.
    const bool is_written = has_writer(directory_);
    if (is_written && seen.step == Step::torn && is_size_of_now) break;
    is_final = patience_ == 0 || !is_written;
    if (!is_final && seen.step != Step::torn) {
      --patience_;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    size_ = file_.size();
    is_size_of_now = true;
    seen = look(into);
  }
  offset_ = seen.end;
  errno = error_;
  return error_ == 0 ? seen.step : Step::failed;
}

SegmentReader::Look SegmentReader::look(Block& into) {
  into.offset = offset_;
  const auto head = std::as_writable_bytes(std::span(&into.header, 1));
  std::memset(static_cast<void*>(&into.header), 0, sizeof into.header);
  if (read(offset_, head) != head.size() || !is_sound(into.header)) return without_head(into.header);

  const std::uint64_t end = offset_ + sizeof(BlockHeader) + into.header.payload_size;
  if (end > size_) return {Step::torn, offset_};
  into.payload.resize(into.header.payload_size);
  if (read(offset_ + sizeof(BlockHeader), into.payload) == into.payload.size() && matches(into.header, into.payload)) {
    into.digest = link(head, into.payload);
    return {Step::block, end};
  }
  if (ends_in_zero_pages(offset_, end)) return {Step::torn, offset_};
  return {Step::damaged, end};
}

SegmentReader::Look SegmentReader::without_head(const BlockHeader& header) {
  if (only_zeros_from(offset_)) return {Step::end, offset_};
  const std::uint64_t next = find_head(offset_ + 1);
  if (next == size_) {
    const std::size_t left = std::min<std::uint64_t>(size_ - offset_, sizeof(BlockHeader));
    const bool begins_like_a_block = std::memcmp(&header, &block_magic, std::min(left, sizeof block_magic)) == 0;
    if (begins_like_a_block &&
        (left < sizeof(BlockHeader) || ends_in_zero_pages(offset_, offset_ + sizeof(BlockHeader))))
      return {Step::torn, offset_};
  }
  return {Step::unheaded, next};
}

bool SegmentReader::only_zeros_from(std::uint64_t offset) {
  std::vector<std::byte> chunk(chunk_size);
  while (offset < size_) {
    // Holes are zeros without being read.
    const off_t data = lseek(file_.descriptor(), static_cast<off_t>(offset), SEEK_DATA);
    if (data < 0) {
      if (errno != ENXIO) error_ = errno;
      return errno == ENXIO;
    }
    offset = static_cast<std::uint64_t>(data);
    const std::size_t n = read(offset, chunk);
    if (n == 0) return false;
    if (std::any_of(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(n),
                    [](std::byte b) { return b != std::byte{}; }))
      return false;
    offset += n;
  }
  return true;
}

// A killed writer leaves whole pages: a write is copied into the page cache page by page, and a signal that kills is looked
// at in between. So a torn block is one of which the pages from some border on are still zeros.
bool SegmentReader::ends_in_zero_pages(std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t last_border = (end - 1) / page * page;
  return last_border > begin && only_zeros_from(last_border);
}

std::uint64_t SegmentReader::find_head(std::uint64_t from) {
  std::vector<std::byte> chunk(chunk_size + sizeof(BlockHeader));
  for (std::uint64_t at = (from + 7) / 8 * 8; at < size_; at += chunk_size) {
    const std::size_t n = read(at, chunk);
    if (n == 0) break;
    for (std::size_t i = 0; i + sizeof(BlockHeader) <= n && i < chunk_size; i += 8) {
      BlockHeader header;
      std::memcpy(&header, chunk.data() + i, sizeof header);
      if (header.magic == block_magic && is_sound(header)) return at + i;
    }
  }
  return size_;
}

std::size_t SegmentReader::read(std::uint64_t offset, std::span<std::byte> into) {
  const auto n = file_.read(offset, into);
  if (!n) error_ = errno;
  return n.value_or(0);
}

}  // namespace penstock::changelog
