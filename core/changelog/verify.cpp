#include "changelog/verify.hpp"

#include <array>
#include <utility>

#include "changelog/chain_reader.hpp"
#include "changelog/pending.hpp"

namespace penstock::changelog {
namespace {

using diagnostic::Code;
using diagnostic::Diagnostic;
using diagnostic::Severity;
namespace fs = std::filesystem;

constexpr int most_walks = 10;

void report_not_closed(const Verification& result, const ChainReader& chain, Diagnostics& found) {
  const LogEnd& end = chain.end();
  Diagnostic finding{
      .code = Code::PS0605,
      .summary = result.writer_alive ? "the change log is not closed: its run goes on" : "the change log is not closed",
      .place = {.file = chain.segment().path.string(), .offset = end.offset},
      .notes = {end.closed ? "`LOCK` names a run (" + lock_line(chain.segment().path.parent_path()) +
                                 ") that left no block after the last close record"
                           : "its last whole block is not a close record"},
      .severity = Severity::warning};
  if (end.torn) finding.notes.push_back("block " + std::to_string(end.blocks) + " was begun and is not finished");
  if (result.pending > 0) finding.notes.push_back(std::to_string(result.pending) + " changes are not yet in a segment");
  if (!result.writer_alive)
    finding.help = {"if its run was killed, or could not write it because the disk was full, the next run closes it",
                    "otherwise its end was cut off: compare with a copy"};
  found.add(std::move(finding));
}

void compare_with_note(const fs::path& directory, Verification& result, const ChainReader& chain, Diagnostics& found) {
  const auto noted = noted_head(directory);
  if (!noted || result.writer_alive || (noted->blocks == chain.end().blocks && noted->head == result.head)) return;
  found.add({.code = Code::PS0604,
             .summary = "the change log does not end where its last run closed it",
             .place = {.file = chain.segment().path.string(), .offset = chain.end().offset},
             .comparisons = {{"blocks", std::to_string(noted->blocks), std::to_string(chain.end().blocks)},
                             {"head", noted->head, result.head}},
             .notes = {"the end was noted in `LOCK`"}});
}

std::optional<Verification> walk(const fs::path& directory, bool writer_alive, Diagnostics& found) {
  Verification result{.writer_alive = writer_alive};
  Diagnostics damage;
  // In this order: what leaves a ring after it was read is found in a segment.
  const PendingChanges rings(directory, damage);
  auto segments = list_segments(directory, found);
  if (!segments) return std::nullopt;
  if (segments->empty()) {
    found.add({.code = Code::PS0601, .summary = "there is no change log here", .place = {.file = directory.string()}});
    return std::nullopt;
  }

  if (const SegmentFile& first = segments->front(); first.number != 1)
    damage.add({.code = Code::PS0604,
                .summary = "the first segments of the change log are missing",
                .place = {.file = first.path.string()},
                .comparisons = {{"segment", "1", std::to_string(first.number)}}});
  result.segments = segments->size();
  ChainReader chain(std::move(*segments));
  std::uint32_t run = 0;
  while (const Block* block = chain.next(damage)) {
    ++result.blocks;
    result.changes += block->header.count;
    result.runs += std::exchange(run, block->header.run) != block->header.run;
  }
  if (result.blocks > 0) result.head = hex(chain.end().head);
  result.pending = rings.count_after(chain.end());

  rings.report_unknown(chain.end(), damage);
  if (chain.end().closed && !damage.has_errors()) compare_with_note(directory, result, chain, damage);
  if (damage.has_errors())
    result.state = LogState::damaged;
  else if (!chain.end().closed || has_unclosed_run(directory))
    result.state = LogState::not_closed;
  found.add(damage);
  if (result.state == LogState::not_closed) report_not_closed(result, chain, found);
  return result;
}

}  // namespace

std::string_view name(LogState state) noexcept {
  constexpr std::array<std::string_view, 3> names = {"ok", "not closed", "damaged"};
  return names[static_cast<std::size_t>(state)];
}

std::optional<Verification> verify(const fs::path& directory, Diagnostics& found) {
  const auto lock = [&directory] { return std::pair(has_writer(directory), lock_line(directory)); };
  for (int walks = 0; walks < most_walks; ++walks) {
    const auto before = lock();
    Diagnostics finding;
    const auto result = walk(directory, before.first, finding);
    // A run that began or ended meanwhile left another log than the one that was walked.
    if (lock() != before) continue;
    found.add(finding);
    return result;
  }
  found.add({.code = Code::PS0602,
             .summary = "runs begin and end faster than the change log can be verified",
             .place = {.file = directory.string()},
             .notes = {"a run began or ended in each of " + std::to_string(most_walks) + " walks over the chain"},
             .help = {"verify it while no run begins or ends"}});
  return std::nullopt;
}

}  // namespace penstock::changelog
