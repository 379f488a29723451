#include "changelog/pending.hpp"

#include <algorithm>

#include "changelog/directory.hpp"
#include "changelog/merge.hpp"

namespace penstock::changelog {

using diagnostic::Code;

bool report_unknown(const RingSnapshot& ring, const LogEnd& end, Diagnostics& found) {
  if (ring.head == 0 || ring.run() <= end.run) return false;
  found.add({.code = Code::PS0609,
             .summary = "a ring holds changes of a run that the change log does not know",
             .place = {.file = ring.path.string()},
             .comparisons = {{"run", "at most " + std::to_string(end.run), std::to_string(ring.run())}},
             .notes = {"segments of the log were removed, or cut"},
             .help = {"bring the segments back, or move the file out of `rings/` to go on without it"}});
  return true;
}

PendingChanges::PendingChanges(const std::filesystem::path& log, Diagnostics& found) {
  for (const auto& path : list_rings(log))
    if (auto ring = read_ring(path, found)) rings_.push_back(std::move(*ring));
}

void PendingChanges::report_unknown(const LogEnd& end, Diagnostics& found) const {
  for (const RingSnapshot& ring : rings_) (void)changelog::report_unknown(ring, end, found);
}

std::uint64_t PendingChanges::next(const RingSnapshot& ring, const LogEnd& end) const {
  if (ring.run() != end.run) return ring.head;  // an earlier run's was emptied, a later one's has no names here
  const auto in_log = end.rings.find(ring.number);
  return std::clamp(in_log != end.rings.end() ? in_log->second : 0, ring.first, ring.head);
}

std::uint64_t PendingChanges::count_after(const LogEnd& end) const {
  std::uint64_t count = 0;
  hand_out(end, {}, [&count](const Change&) { return ++count != 0; });
  return count;
}

void PendingChanges::hand_out(const LogEnd& end, const Dictionary& dictionary,
                              const std::function<bool(const Change&)>& each) const {
  std::vector<RingView> views;
  for (const RingSnapshot& ring : rings_)
    views.push_back({ring.number, ring.slots, next(ring, end), ring.head, ring.anchor});
  Ledger unmarked;
  std::vector<Entry> rows;
  Change change;
  while (merge(views, unmarked, rows) || (release_holds(views) && merge(views, unmarked, rows)))
    for (const Entry& row : rows) {
      dictionary.describe(row, change);
      if (!each(change)) return;
    }
}

}  // namespace penstock::changelog
