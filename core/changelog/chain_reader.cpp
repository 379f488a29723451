#include "changelog/chain_reader.hpp"

#include <string>
#include <utility>

#include "changelog/dictionary.hpp"
#include "changelog/entry.hpp"
#include "changelog/payload.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using diagnostic::Comparison;
using diagnostic::Diagnostic;

const char* const take_a_copy = "the blocks before it can be trusted; compare with a copy of the log for the rest";

std::string changes_text(std::uint64_t first, std::uint64_t count) {
  if (count == 0) return "it holds no changes";
  if (count == 1) return "it holds change " + std::to_string(first);
  return "it holds the changes " + std::to_string(first) + " to " + std::to_string(first + count - 1);
}

std::string block_text(std::uint64_t number) { return "block " + std::to_string(number); }

bool is_newer(const BlockHeader& header) noexcept {
  return header.version != format_version || header.codec != codec_plain || header.kind < BlockKind::segment ||
         header.kind > BlockKind::close;
}

/** The payload has the form that the kind demands, and as many records as the head counts. */
bool is_well_formed(const Block& block) {
  const BlockHeader& header = block.header;
  const std::size_t size = block.payload.size() - header.ring_count * sizeof(RingRange);
  if (header.reserved_60 != 0 || header.reserved_96 != 0 || header.reserved_112 != 0) return false;
  switch (header.kind) {
    case BlockKind::segment: return size == sizeof(std::uint64_t) && header.count == 0;
    case BlockKind::changes: return size == header.count * sizeof(Entry);
    case BlockKind::close: return size == sizeof(CloseRecord) && header.count == 0;
    case BlockKind::definitions:
      if (header.count != 0) return false;
      break;
    case BlockKind::texts: break;
  }
  Dictionary any;
  bool is_malformed = false;
  (void)decode(
      header, block.payload, any, [](const Change&) { return true; }, is_malformed);
  return !is_malformed;
}

}  // namespace

const Block* ChainReader::next(Diagnostics& found) {
  for (;;) {
    if (is_stopped_ || (!reader_ && !begin_segment(found))) return nullptr;
    switch (reader_->next(block_)) {
      case Step::block:
        if (is_newer(block_.header)) {
          found.add({.code = Code::PS0608,
                     .summary = block_text(block_.header.number) + " is written in a newer format",
                     .place = {.file = segment().path.string(), .offset = block_.offset},
                     .comparisons = {{"version", std::to_string(format_version) + ", codec 0",
                                      std::to_string(block_.header.version) + ", codec " +
                                          std::to_string(block_.header.codec)}},
                     .help = {"read this log with the version of penstock that wrote it"}});
          is_stopped_ = true;
          return nullptr;
        }
        take(found);
        if (is_well_formed(block_)) return &block_;
        found.add({.code = Code::PS0603,
                   .summary = block_text(block_.header.number) + " is malformed",
                   .place = {.file = segment().path.string(), .offset = block_.offset},
                   .notes = {changes_text(block_.header.first_sequence, block_.header.count),
                             "it is as it was written: its writer was at fault"}});
        continue;
      case Step::damaged: report_damage(found); continue;
      case Step::unheaded:
        if (end_.closed && !gap_ && reader_->is_at_end() && has_log_gone_on()) {
          reader_->go_back(block_.offset);
          continue;
        }
        gap_ = block_.offset;
        continue;
      case Step::torn:
        if (!end_.closed || gap_ || has_unclosed_run(segment().path.parent_path()))
          end_.torn = true;
        else if (has_log_gone_on())
          continue;
        else
          report_tail(block_.offset, found);
        break;
      case Step::end: break;
      case Step::failed:
        stop(found);
        if (gap_) report_gap(found);
        return nullptr;
    }
    const bool is_last = index_ + 1 == segments_.size();
    if (gap_) report_gap(found);
    if (end_.torn && !is_last) {
      found.add({.code = Code::PS0603,
                 .summary = block_text(end_.blocks) + " is cut",
                 .place = {.file = segment().path.string(), .offset = block_.offset},
                 .notes = {"the log goes on in another segment", take_a_copy}});
      end_.torn = false;
      is_number_known_ = is_head_known_ = false;
    }
    if (is_last) return nullptr;
    ++index_;
    reader_.reset();
  }
}

// What looks like foreign bytes behind a closed log may be a block of a run that began, and has ended, since we looked: look
// again until none did in between.
bool ChainReader::has_log_gone_on() {
  std::string line = lock_line(segment().path.parent_path());
  const bool is_same = line == lock_at_look_;
  lock_at_look_ = std::move(line);
  return !is_same;
}

bool ChainReader::begin_segment(Diagnostics& found) {
  if (segments_.empty()) return false;
  const SegmentFile& file = segment();
  const std::uint32_t expected = end_.segment + 1;
  if (index_ > 0 && file.number != expected) {
    found.add({.code = Code::PS0604,
               .summary = "a segment of the change log is missing",
               .place = {.file = file.path.string()},
               .comparisons = {{"segment", std::to_string(expected), std::to_string(file.number)}},
               .notes = {take_a_copy}});
    is_number_known_ = is_head_known_ = false;
  }
  if (index_ == 0 && file.number == 1) is_number_known_ = is_head_known_ = true;
  reader_.emplace(file.path);
  if (!reader_->ok()) {
    stop(found);
    return false;
  }
  end_.segment = file.number;
  end_.offset = 0;
  at_segment_begin_ = true;
  return true;
}

void ChainReader::stop(Diagnostics& found) {
  found.add({.code = Code::PS0601,
             .summary = "a segment of the change log cannot be read",
             .place = {.file = segment().path.string()},
             .notes = {system_error()}});
  is_stopped_ = true;
}

void ChainReader::take(Diagnostics& found) {
  if (gap_) report_gap(found);
  check_link(found);
  check_segment_block(found);
  const BlockHeader& header = block_.header;
  end_.offset = reader_->offset();
  end_.blocks = header.number + 1;
  end_.next_sequence = header.first_sequence + header.count;
  end_.head = block_.digest;
  if (header.run != end_.run) end_.rings.clear();
  end_.run = header.run;
  end_.closed = header.kind == BlockKind::close;
  for (const RingRange& range : block_.rings()) end_.rings[range.ring] = range.end;
  is_number_known_ = is_head_known_ = true;
  at_segment_begin_ = false;
}

void ChainReader::report_damage(Diagnostics& found) {
  if (gap_) report_gap(found);
  const BlockHeader& header = block_.header;
  check_link(found);
  found.add({.code = Code::PS0603,
             .summary = block_text(header.number) + " is damaged: its contents do not match their checksum",
             .place = {.file = segment().path.string(), .offset = block_.offset},
             .notes = {changes_text(header.first_sequence, header.count), take_a_copy}});
  end_.blocks = header.number + 1;
  end_.next_sequence = header.first_sequence + header.count;
  end_.closed = false;
  is_number_known_ = true;
  is_head_known_ = false;
  at_segment_begin_ = false;
}

// Called when it is known what follows the gap: a whole block, a damaged one, or nothing.
void ChainReader::report_gap(Diagnostics& found) {
  const BlockHeader& next = block_.header;
  const bool is_last = next.magic != block_magic;
  const std::uint64_t offset = *std::exchange(gap_, std::nullopt);
  is_number_known_ = is_head_known_ = at_segment_begin_ = false;
  if (is_last && end_.closed) return report_tail(offset, found);
  Diagnostic finding{.code = Code::PS0603,
                     .summary = block_text(end_.blocks) + " is damaged: its head is not one",
                     .place = {.file = segment().path.string(), .offset = offset},
                     .notes = {take_a_copy}};
  if (!is_last && next.first_sequence > end_.next_sequence)
    finding.notes.insert(finding.notes.begin(),
                         changes_text(end_.next_sequence, next.first_sequence - end_.next_sequence));
  found.add(std::move(finding));
  end_.closed = false;
}

void ChainReader::report_tail(std::uint64_t offset, Diagnostics& found) {
  found.add({.code = Code::PS0607,
             .summary = "bytes follow " + block_text(end_.blocks - 1) + ", the last one, and belong to no block",
             .place = {.file = segment().path.string(), .offset = offset},
             .notes = {take_a_copy}});
  end_.closed = false;
}

void ChainReader::check_link(Diagnostics& found) {
  const BlockHeader& header = block_.header;
  std::vector<Comparison> comparisons;
  const auto compare = [&](const char* subject, std::uint64_t expected, std::uint64_t is) {
    if (expected != is) comparisons.push_back({subject, std::to_string(expected), std::to_string(is)});
  };
  if (is_number_known_) {
    compare("number", end_.blocks, header.number);
    compare("first change", end_.next_sequence, header.first_sequence);
  }
  if (header.run < end_.run)
    comparisons.push_back({"run", "at least " + std::to_string(end_.run), std::to_string(header.run)});
  if (is_head_known_ && header.previous != end_.head)
    comparisons.push_back({"previous block", hex(end_.head), hex(header.previous)});
  if (comparisons.empty()) return;
  found.add({.code = Code::PS0604,
             .summary = block_text(header.number) + " does not follow the block before it",
             .place = {.file = segment().path.string(), .offset = block_.offset},
             .comparisons = std::move(comparisons),
             .notes = {changes_text(header.first_sequence, header.count),
                       "blocks were removed, exchanged, or written anew", take_a_copy}});
}

void ChainReader::check_segment_block(Diagnostics& found) const {
  const bool is_segment_block = block_.header.kind == BlockKind::segment;
  if (is_segment_block != at_segment_begin_) {
    found.add(
        {.code = Code::PS0604,
         .summary = block_text(block_.header.number) + (is_segment_block ? " begins a segment in the middle of another"
                                                                         : " is not the beginning of a segment"),
         .place = {.file = segment().path.string(), .offset = block_.offset}});
    return;
  }
  if (!is_segment_block) return;
  Cursor cursor(std::span(block_.payload).subspan(block_.header.ring_count * sizeof(RingRange)));
  if (const auto number = cursor.take<std::uint64_t>(); number != segment().number)
    found.add({.code = Code::PS0604,
               .summary = "a segment of the change log has another one's name",
               .place = {.file = segment().path.string()},
               .comparisons = {{"segment", std::to_string(segment().number), std::to_string(number)}}});
}

}  // namespace penstock::changelog
