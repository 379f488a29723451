#include "changelog/merge.hpp"

#include <algorithm>
#include <limits>

namespace penstock::changelog {
namespace {

/** The front of the view waits for what another ring holds and has not given yet. */
bool is_held_back(const RingView& view, std::span<const RingView> views) {
  if (!view.front().has(flag_handover)) return false;
  for (const RingView& other : views)
    if (other.ring == view.front().before) return std::max(other.next, other.gone) < view.front().after;
  return false;
}

struct Choice {
  RingView* earliest = nullptr;
  std::int64_t until = std::numeric_limits<std::int64_t>::max();  ///< up to here it goes on without a new choice
};

/** The ring with the earliest entry gives all that comes before the first of any other. */
Choice choose(std::span<RingView> views) {
  Choice choice;
  bool is_any_held_back = false;
  for (RingView& view : views) {
    if (view.is_empty()) continue;
    if (is_held_back(view, views)) {
      is_any_held_back = true;
    } else if (choice.earliest == nullptr) {
      choice.earliest = &view;
    } else {
      const bool is_earlier = view.time_ns() < choice.earliest->time_ns();
      choice.until = std::min(choice.until, (is_earlier ? *choice.earliest : view).time_ns());
      if (is_earlier) choice.earliest = &view;
    }
  }
  if (is_any_held_back) choice.until = std::numeric_limits<std::int64_t>::min();
  return choice;
}

}  // namespace

bool merge(std::span<RingView> views, Ledger& ledger, std::vector<Entry>& rows) {
  rows.clear();
  bool has_moved = false;
  while (rows.size() < rows_per_block) {
    const auto [earliest, until] = choose(views);
    if (earliest == nullptr) break;
    has_moved = true;
    do {
      const std::int64_t time_ns = earliest->time_ns();
      if (!earliest->front().has(flag_handover) && earliest->front().is_written()) {
        rows.push_back(earliest->front());
        rows.back().time_ns = time_ns;
        ledger.mark(rows.back());
      }
      earliest->last_time_ns = time_ns;
      ++earliest->next;
    } while (!earliest->is_empty() && rows.size() < rows_per_block && !earliest->front().has(flag_handover) &&
             earliest->time_ns() <= until);
  }
  return has_moved;
}

bool release_holds(std::span<RingView> views) noexcept {
  bool is_any_left = false;
  for (RingView& view : views) {
    is_any_left |= !view.is_empty();
    view.gone = std::numeric_limits<std::uint64_t>::max();
  }
  return is_any_left;
}

bool append_rows(SegmentWriter& writer, BlockDraft draft, std::span<const Entry> rows, std::span<const RingView> before,
                 std::span<const RingView> after) {
  std::vector<RingRange> ranges;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i].next != after[i].next) ranges.push_back({before[i].ring, before[i].next, after[i].next});
  draft.count = static_cast<std::uint32_t>(rows.size());
  draft.first_time_ns = draft.last_time_ns = rows.empty() ? wall_time_ns() : rows.front().time_ns;
  for (const Entry& row : rows) {
    draft.first_time_ns = std::min(draft.first_time_ns, row.time_ns);
    draft.last_time_ns = std::max(draft.last_time_ns, row.time_ns);
  }
  draft.rings = ranges;
  return writer.append(draft, std::as_bytes(rows));
}

}  // namespace penstock::changelog
