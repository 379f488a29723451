#include "changelog/recover.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "changelog/clock.hpp"
#include "changelog/merge.hpp"
#include "changelog/pending.hpp"
#include "changelog/ring_file.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using diagnostic::Severity;
namespace fs = std::filesystem;

void follow(const Block& block, Inheritance& inherited) {
  const auto payload = std::span(block.payload).subspan(block.header.ring_count * sizeof(RingRange));
  if (block.header.kind == BlockKind::definitions) {
    if (block.header.run != inherited.dictionary.run_number()) {
      inherited.ledger = {};
      inherited.definitions.clear();
    }
    put(inherited.definitions, payload);
    (void)inherited.dictionary.learn(block.header, payload,
                                     [&](const NodeDefinition& node) { inherited.ledger.add(node.number, node.info); });
  } else if (block.header.kind == BlockKind::changes) {
    Cursor cursor(payload);
    for (std::uint32_t row = 0; row < block.header.count; ++row) inherited.ledger.follow(cursor.take<Entry>());
  }
}

void follow_recovery(const Block& block, Inheritance& inherited) {
  const BlockHeader& header = block.header;
  if (header.kind == BlockKind::segment || header.kind == BlockKind::definitions) return;
  if ((header.flags & flag_recovered) == 0 || header.kind == BlockKind::close) {
    inherited.recovered = {};
    inherited.is_recovery_noted = false;
  } else if (header.kind == BlockKind::texts) {
    inherited.is_recovery_noted = true;
  } else {
    Cursor cursor(std::span(block.payload).subspan(header.ring_count * sizeof(RingRange)));
    inherited.recovered.changes += header.count;
    for (std::uint32_t row = 0; row < header.count; ++row)
      inherited.recovered.rejected += cursor.take<Entry>().has(flag_rejected);
  }
}

/** Going on would hide that the end is gone: the new head would take the place of the one in `LOCK`. */
void compare_with_note(const fs::path& directory, const LogEnd& end, Diagnostics& damage) {
  const auto noted = noted_head(directory);
  if (!noted || (noted->blocks == end.blocks && noted->head == hex(end.head))) return;
  damage.add({.code = Code::PS0604,
              .summary = "the change log does not end where its last run closed it",
              .place = {.file = directory.string()},
              .comparisons = {{"blocks", std::to_string(noted->blocks), std::to_string(end.blocks)},
                              {"head", noted->head, hex(end.head)}},
              .notes = {"the end was noted in `LOCK`"}});
}

/** A ring as far as it is not yet in the log. */
struct Rest {
  RingSnapshot ring;
  RingView view = {};
  std::uint64_t lost = 0;       ///< entries that are neither in the log nor in the ring
  std::uint64_t unwritten = 0;  ///< entries of the ring that never reached the disk
};

Rest rest_of(RingSnapshot ring, const LogEnd& end) {
  const auto in_log = end.rings.find(ring.number);
  const std::uint64_t wanted = in_log != end.rings.end() ? in_log->second : 0;
  Rest rest{.ring = std::move(ring)};
  rest.view = {rest.ring.number, rest.ring.slots, std::clamp(wanted, rest.ring.first, rest.ring.head), rest.ring.head,
               rest.ring.anchor};
  rest.view.gone = wanted;  // after a loss of power the head of a ring may be older than the log
  rest.lost = rest.view.next - std::min(wanted, rest.view.next);
  for (RingView view = rest.view; !view.is_empty(); ++view.next) rest.unwritten += !view.front().is_written();
  return rest;
}

/** Nothing: a ring cannot be read, or is not of this log. */
std::optional<std::vector<Rest>> read_rests(const std::vector<fs::path>& files, const LogEnd& end, Diagnostics& found) {
  std::vector<Rest> rests;
  bool is_readable = true;
  for (const fs::path& file : files) {
    Diagnostics trouble;
    auto ring = read_ring(file, trouble);
    found.add(trouble);
    is_readable &= !trouble.has_errors();
    // A ring of an earlier run was emptied before the last one began.
    if (!ring || ring->head == 0 || ring->run() < end.run) continue;
    if (report_unknown(*ring, end, found)) {
      is_readable = false;
      continue;
    }
    rests.push_back(rest_of(std::move(*ring), end));
    const auto report_lost = [&](std::uint64_t lost, const char* why) {
      if (lost > 0)
        found.add({.code = Code::PS0609,
                   .summary = std::to_string(lost) + " changes were lost from a ring",
                   .place = {.file = file.string()},
                   .notes = {why},
                   .severity = Severity::warning});
    };
    report_lost(rests.back().lost, "they had been written to a segment, and are not there any more");
    report_lost(rests.back().unwritten, "they had not reached the disk when the machine went down");
    report_lost(rests.back().ring.lost, "they found no room while the log could not be written");
  }
  if (!is_readable) return std::nullopt;
  return rests;
}

bool could_not_write(const SegmentWriter& writer, Diagnostics& found) {
  found.add({.code = Code::PS0606,
             .summary = "what a killed run left in its rings cannot be put on the change log",
             .place = {.file = writer.path().string()},
             .notes = {writer.failure(), "nothing is lost: the rings stay as they are"},
             .help = {"make room on that disk and run again"}});
  return false;
}

/** Why a close record follows that the run did not write. */
bool note_recovery(std::uint32_t run, const CloseRecord& recovered, std::uint64_t lost, SegmentWriter& writer) {
  Change record{.time_ns = wall_time_ns(), .metric = "recovered", .kind = Kind::lifecycle};
  record.reason = std::to_string(recovered.changes) + " changes from the rings of a run that did not close its log";
  if (lost > 0) record.reason += "; " + std::to_string(lost) + " later assignments found no room there and are lost";
  Bytes payload;
  put_change(payload, record);
  pad(payload);
  return writer.append({.kind = BlockKind::texts,
                        .flags = flag_recovered,
                        .run = run,
                        .count = 1,
                        .first_time_ns = record.time_ns,
                        .last_time_ns = record.time_ns},
                       payload);
}

bool close_for(std::uint32_t run, CloseRecord recovered, SegmentWriter& writer) {
  ++recovered.changes;  // the note
  Bytes payload;
  put(payload, recovered);
  const std::int64_t now = wall_time_ns();
  return writer.append(
      {.kind = BlockKind::close, .flags = flag_recovered, .run = run, .first_time_ns = now, .last_time_ns = now},
      payload);
}

}  // namespace

std::optional<Inheritance> inherit(const fs::path& directory, Diagnostics& found) {
  auto segments = list_segments(directory, found);
  if (!segments) return std::nullopt;
  Inheritance inherited;
  Diagnostics damage;
  // A segment without a whole block was begun just when its writer ended: the one before it is the last.
  for (bool is_empty = true; is_empty && !segments->empty() && !damage.has_errors(); segments->pop_back()) {
    ChainReader chain({segments->back()});
    while (const Block* block = chain.next(damage)) {
      is_empty = false;
      follow(*block, inherited);
      follow_recovery(*block, inherited);
    }
    if (!is_empty) inherited.end = chain.end();
  }
  if (!damage.has_errors()) compare_with_note(directory, inherited.end, damage);
  if (!damage.has_errors()) return inherited;
  found.add(damage);
  found.add(
      {.code = Code::PS0601,
       .summary = "the change log is damaged and is not written on",
       .place = {.file = directory.string()},
       .help = {"look at it with `penstock audit verify`, and give this run another directory with `--change-log`"}});
  return std::nullopt;
}

bool recover(const fs::path& directory, Inheritance& inherited, SegmentWriter& writer, Diagnostics& found) {
  const std::vector<fs::path> files = list_rings(directory);
  const std::uint32_t run = inherited.end.run;
  auto rests = read_rests(files, inherited.end, found);
  if (!rests) return false;

  std::vector<RingView> views;
  for (const Rest& rest : *rests) views.push_back(rest.view);
  std::vector<Entry> rows;
  CloseRecord recovered = inherited.recovered;
  for (;;) {
    const std::vector<RingView> before = views;
    if (!merge(views, inherited.ledger, rows)) {
      if (!release_holds(views)) break;
      found.add({.code = Code::PS0609,
                 .summary = "the order of changes of the run before this one is not certain",
                 .place = {.file = ring_directory(directory).string()},
                 .notes = {"a node went from a ring to another one, and what it recorded in the first is lost",
                           "what is in the rings is put on the log, each ring in its own order"},
                 .severity = Severity::warning});
      continue;
    }
    const BlockDraft draft{.flags = flag_recovered, .run = run, .clock_error_ns = clock_error_unknown};
    if (!append_rows(writer, draft, rows, before, views)) return could_not_write(writer, found);
    recovered.changes += rows.size();
    for (const Entry& row : rows) recovered.rejected += row.has(flag_rejected);
  }
  std::uint64_t lost = 0;
  for (const Rest& rest : *rests) lost += rest.ring.lost;
  const bool is_open = run > 0 && (!writer.end().closed || lost > 0);
  if (is_open) {
    if (!inherited.is_recovery_noted && !note_recovery(run, recovered, lost, writer))
      return could_not_write(writer, found);
    if (!close_for(run, recovered, writer)) return could_not_write(writer, found);
    found.add({.code = Code::PS0610,
               .summary = "the run before this one did not close its log; " + std::to_string(recovered.changes) +
                          " changes were taken from its rings",
               .place = {.file = directory.string()},
               .severity = Severity::warning});
  }
  std::error_code unsaid;  // a ring that stays is known to be of an earlier run, and passed over
  for (const fs::path& file : files) fs::remove(file, unsaid);
  return true;
}

}  // namespace penstock::changelog
