#include "changelog/ring_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cerrno>
#include <utility>

#include "changelog/file.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;

constexpr std::size_t page = 4096;

std::uint64_t load(std::uint64_t& field) noexcept { return std::atomic_ref(field).load(std::memory_order_acquire); }

std::size_t mapped_bytes(const RingHeader& header) noexcept {
  return sizeof(RingHeader) + header.capacity * sizeof(Entry);
}

bool has_sound_ends(const RingHeader& header) noexcept {
  return header.tail <= header.head && header.head - header.tail <= header.capacity;
}

const TickAnchor& anchor_of(const RingHeader& header) noexcept {
  return header.anchor == 0 ? header.anchor_0 : header.anchor_1;
}

/** Without an invariant counter there are no ticks, and the anchor is all zeros. A tick of a second is none. */
bool has_sound_anchor(const RingHeader& header) noexcept {
  const TickAnchor& anchor = anchor_of(header);
  return header.anchor <= 1 && anchor.time_ns >= 0 && anchor.time_ns <= std::int64_t{1} << 62 &&
         anchor.ns_per_tick >= 0 && anchor.ns_per_tick < 1e9;
}

void cannot_make(const std::filesystem::path& path, std::uint64_t bytes, Diagnostics& found) {
  found.add({.code = Code::PS0601,
             .summary = "a ring of " + std::to_string(bytes) + " bytes cannot be made",
             .place = {.file = path.string()},
             .notes = {system_error()},
             .help = {"make room on that disk, or give another directory with `--change-log`"}});
}

void cannot_read(const std::filesystem::path& path, Diagnostics& found) {
  found.add({.code = Code::PS0609,
             .summary = "a ring of the change log cannot be read",
             .place = {.file = path.string()},
             .notes = {system_error(), "changes that are in it and not in a segment are not counted"},
             .help = {"read the change log as the user who wrote it, or let this user read `rings/`"}});
}

}  // namespace

RingFile::RingFile(RingHeader* header, Clock& clock) noexcept
    : header_(header),
      writer_(reinterpret_cast<Entry*>(header + 1), header->capacity, header->head, header->tail, clock) {}

RingFile::RingFile(RingFile&& other) noexcept
    : header_(std::exchange(other.header_, nullptr)), writer_(other.writer_) {}

RingFile::~RingFile() {
  if (header_ != nullptr) munmap(header_, mapped_bytes(*header_));
}

std::optional<RingFile> RingFile::create(const std::filesystem::path& path, std::uint64_t number, std::uint64_t bytes,
                                         const TickAnchor& anchor, Clock& clock, Diagnostics& found) {
  const std::uint64_t capacity =
      std::bit_floor(std::clamp<std::uint64_t>(bytes, page, most_ring_bytes)) / sizeof(Entry);
  const std::size_t size = sizeof(RingHeader) + capacity * sizeof(Entry);
  File file = File::open(path, O_RDWR | O_CREAT | O_EXCL);
  if (!file) {
    cannot_make(path, size, found);
    return std::nullopt;
  }
  void* const memory = file.reserve(0, size)
                           ? mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor(), 0)
                           : MAP_FAILED;
  if (memory == MAP_FAILED) {
    cannot_make(path, size, found);
    std::error_code unsaid;
    std::filesystem::remove(path, unsaid);  // or the name would be taken for the next attempt
    return std::nullopt;
  }
  // MAP_POPULATE would only make the pages readable: the first store to each would still fault.
  for (std::size_t at = 0; at < size; at += page) static_cast<volatile std::byte*>(memory)[at] = std::byte{};

  auto* const header = static_cast<RingHeader*>(memory);
  header->version = ring_version;
  header->ring = number;
  header->capacity = capacity;
  header->anchor_0 = anchor;
  std::atomic_ref(header->magic).store(ring_magic, std::memory_order_release);
  return RingFile(header, clock);
}

std::span<const Entry> RingFile::slots() const noexcept {
  return {reinterpret_cast<const Entry*>(header_ + 1), header_->capacity};
}

std::uint64_t RingFile::head() const noexcept { return load(header_->head); }
std::uint64_t RingFile::tail() const noexcept { return load(header_->tail); }
std::uint64_t RingFile::waits() const noexcept { return load(header_->waits); }

void RingFile::release(std::uint64_t end) noexcept {
  std::atomic_ref(header_->tail).store(end, std::memory_order_release);
}

void RingFile::set_anchor(const TickAnchor& anchor) noexcept {
  const bool is_first = header_->anchor == 0;
  (is_first ? header_->anchor_1 : header_->anchor_0) = anchor;
  std::atomic_ref(header_->anchor).store(is_first ? 1 : 0, std::memory_order_release);
}

void RingFile::count_wait() noexcept { std::atomic_ref(header_->waits).fetch_add(1, std::memory_order_relaxed); }

std::uint64_t RingFile::lost() const noexcept { return load(header_->lost); }
void RingFile::count_lost() noexcept { std::atomic_ref(header_->lost).fetch_add(1, std::memory_order_relaxed); }
void RingFile::forget_lost() noexcept { std::atomic_ref(header_->lost).store(0, std::memory_order_relaxed); }

std::optional<RingSnapshot> read_ring(const std::filesystem::path& path, Diagnostics& found) {
  const File file = File::open(path, O_RDONLY);
  if (!file) {
    if (errno != ENOENT) cannot_read(path, found);  // else its run was closed meanwhile, and all of it is in segments
    return std::nullopt;
  }
  RingHeader header{};
  // A live writer and its collector may move both ends, or the anchor, between the reading of the one and the other: then
  // look again.
  for (int attempt = 0; attempt < 100; ++attempt) {
    if (!file.read(0, std::as_writable_bytes(std::span(&header, 1)))) {
      cannot_read(path, found);
      return std::nullopt;
    }
    if (has_sound_ends(header) && has_sound_anchor(header)) break;
  }
  if (header.magic == 0) return std::nullopt;  // also of a file that is still too short to have one
  const bool is_sound = header.magic == ring_magic && header.version == ring_version &&
                        std::has_single_bit(header.capacity) && header.capacity <= most_ring_bytes / sizeof(Entry) &&
                        has_sound_ends(header) && has_sound_anchor(header) && file.size() >= mapped_bytes(header);
  if (!is_sound) {
    found.add({.code = Code::PS0609,
               .summary = "a ring of the change log is damaged",
               .place = {.file = path.string(), .offset = 0},
               .notes = {"what was recorded in it and is not in a segment cannot be recovered"},
               .help = {"move the file out of `rings/` to go on without it"}});
    return std::nullopt;
  }

  // Only what was recorded: a file of holes claims much and holds nothing.
  const std::uint64_t recorded = std::min(header.head, header.capacity);
  std::vector<Entry> slots(std::bit_ceil(recorded));
  const auto bytes = std::as_writable_bytes(std::span(slots)).first(recorded * sizeof(Entry));
  RingHeader after{};
  if (file.read(sizeof(RingHeader), bytes) != bytes.size() ||
      file.read(0, std::as_writable_bytes(std::span(&after, 1))) != sizeof after) {
    cannot_read(path, found);
    return std::nullopt;
  }
  // A slot is given back to the writer only when `tail` is past it: what was overwritten while we read lies a capacity
  // below the head of now.
  const std::uint64_t newest = std::max(after.head, header.head);
  const std::uint64_t first = std::min(newest - std::min(newest, header.capacity), header.head);
  return RingSnapshot{.path = path,
                      .number = header.ring,
                      .head = header.head,
                      .first = first,
                      .lost = header.lost,
                      .anchor = anchor_of(header),
                      .slots = std::move(slots)};
}

}  // namespace penstock::changelog
