#include "changelog/segment_writer.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "changelog/clock.hpp"

namespace penstock::changelog {
namespace {

constexpr std::uint64_t reserved_at_once = 4u << 20;

}  // namespace

SegmentWriter::SegmentWriter(std::filesystem::path directory, std::uint64_t segment_bytes, LogEnd end,
                             Bytes definitions)
    : directory_(std::move(directory)),
      segment_bytes_(segment_bytes),
      end_(std::move(end)),
      run_(end_.run),
      definitions_(std::move(definitions)) {}

bool SegmentWriter::append(const BlockDraft& draft, std::span<const std::byte> payload) {
  if (!file_ && end_.segment > 0 && !go_on()) return false;
  const bool is_full = end_.segment == 0 || end_.offset >= segment_bytes_;
  if (is_full && !begin_segment(draft.run)) return false;
  return write(draft, payload);
}

bool SegmentWriter::go_on() {
  File file = File::open(path(), O_RDWR);
  if (!file || !file.cut(end_.offset)) return fail("cannot go on in `" + path().string() + "`");
  file_ = std::move(file);
  reserved_ = end_.offset;
  return true;
}

bool SegmentWriter::define(std::uint32_t run, std::span<const std::byte> records) {
  if (run != run_) definitions_.clear();
  run_ = run;
  Bytes payload(records.begin(), records.end());
  pad(payload);
  const std::int64_t now = wall_time_ns();
  const BlockDraft draft{.kind = BlockKind::definitions, .run = run, .first_time_ns = now, .last_time_ns = now};
  if (!append(draft, payload)) return false;
  put(definitions_, records);
  return true;
}

bool SegmentWriter::begin_segment(std::uint32_t run) {
  if (file_ && !finish()) return false;
  const std::uint32_t number = end_.segment + 1;
  const std::filesystem::path path = segment_path(directory_, number);
  // A file of this name that is not part of the chain is what a run left that was killed, or met a full disk, just here.
  File file = File::open(path, O_RDWR | O_CREAT | O_TRUNC);
  if (!file) return fail("cannot make `" + path.string() + "`");

  Bytes payload;
  std::vector<RingRange> rings;
  for (const auto& [ring, end] : end_.rings) rings.push_back({ring, end, end});
  put(payload, std::uint64_t{number});

  LogEnd before = end_;
  File old = std::exchange(file_, std::move(file));
  end_.segment = number;
  end_.offset = 0;
  reserved_ = 0;
  const std::int64_t now = wall_time_ns();
  BlockDraft draft{.kind = BlockKind::segment, .run = run, .first_time_ns = now, .last_time_ns = now, .rings = rings};
  bool done = write(draft, payload);
  if (done && !definitions_.empty() && run == run_) {
    Bytes definitions = definitions_;
    pad(definitions);
    draft.kind = BlockKind::definitions;
    draft.rings = {};
    done = write(draft, definitions);
  }
  if (done) return true;
  (void)file_.cut(0);
  end_ = std::move(before);
  file_ = std::move(old);
  reserved_ = end_.offset;
  return false;
}

bool SegmentWriter::write(const BlockDraft& draft, std::span<const std::byte> payload) {
  if (const std::size_t size = draft.rings.size_bytes() + payload.size(); size > max_payload) {
    failure_ = "a record of " + std::to_string(size) + " bytes is larger than a block, which has at most " +
               std::to_string(max_payload);
    return false;
  }
  BlockHeader header;
  header.kind = draft.kind;
  header.flags = draft.flags;
  header.ring_count = static_cast<std::uint16_t>(draft.rings.size());
  header.number = end_.blocks;
  header.first_sequence = end_.next_sequence;
  header.count = draft.count;
  header.run = draft.run;
  header.first_time_ns = draft.first_time_ns;
  header.last_time_ns = draft.last_time_ns;
  header.clock_error_ns = draft.clock_error_ns;
  header.previous = end_.head;

  buffer_.resize(sizeof header);
  put(buffer_, std::as_bytes(draft.rings));
  put(buffer_, payload);
  const auto whole_payload = std::span<const std::byte>(buffer_).subspan(sizeof header);
  seal(header, whole_payload);
  std::memcpy(buffer_.data(), &header, sizeof header);

  const std::uint64_t end = end_.offset + buffer_.size();
  if (end > reserved_) {
    // Near the end of the disk a whole step may not fit where this block still does.
    const std::uint64_t step = std::max<std::uint64_t>(buffer_.size(), std::min(reserved_at_once, segment_bytes_));
    if (file_.reserve(end_.offset, step))
      reserved_ = end_.offset + step;
    else if (file_.reserve(end_.offset, buffer_.size()))
      reserved_ = end;
    else
      return fail("cannot reserve room in `" + path().string() + "`");
  }
  if (!file_.write(end_.offset, buffer_)) return fail("cannot write `" + path().string() + "`");

  end_.offset = end;
  end_.blocks = header.number + 1;
  end_.next_sequence = header.first_sequence + header.count;
  end_.head = link(std::as_bytes(std::span(&header, 1)), whole_payload);
  if (header.run != end_.run) end_.rings.clear();
  end_.run = header.run;
  end_.closed = header.kind == BlockKind::close;
  for (const RingRange& range : draft.rings) end_.rings[range.ring] = range.end;
  return true;
}

bool SegmentWriter::finish() {
  if (!file_ || file_.cut(end_.offset)) return true;
  return fail("cannot cut `" + path().string() + "`");
}

bool SegmentWriter::fail(const std::string& what) {
  failure_ = what + ": " + system_error();
  return false;
}

}  // namespace penstock::changelog
