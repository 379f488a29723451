#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "changelog/change.hpp"

namespace penstock::changelog {

/** Makes of millions of changes the few lines that a person can follow. Of each metric the first change of a second is a
 *  line at once, and what follows in that second is folded into one:
 *
 *      [AUDIT] filter dropped: 23 → 24
 *      [AUDIT] filter dropped: 24 → 310 (286 changes)
 *
 *  A second has at most `lines_per_second` lines, half of them for first changes, and then one that says how many changes are
 *  in none of them; gaps in the numbers tell what was not even handed out. What plugins measure comes before what the host
 *  does (`host.`). Assignments that were rejected, or accepted and should not have been, are folded apart from those that
 *  held. Left out are the first value of a metric, parameters and events: they are on the log, and nothing changed. Seconds
 *  are those of the changes, so what was folded is said when a later second has a change, when add() is told that it has
 *  come, or at the end. Not thread-safe: add() on the collector's thread, finish() after it has ended. */
class LiveLog {
 public:
  using Print = std::function<void(std::string_view line)>;  ///< without a line break; printable

  explicit LiveLog(Print print, std::uint64_t lines_per_second = 20);

  /** Changes in the order of the log. Without any: nothing changed up to now. */
  void add(std::span<const Change> changes);

  /** Says what is still folded. */
  void finish();

 private:
  /** In the order in which they are said. */
  struct Key {
    bool is_of_the_host;
    std::string node, metric;
    Kind kind;
    bool violation;

    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Folded {
    Change change;            ///< the old value of the first, the new one of the last
    std::uint64_t count = 0;  ///< changes that no line has said yet
  };

  void add(const Change& change);
  Folded& find(const Change& change);

  Print print_;
  std::uint64_t lines_per_second_;
  std::int64_t second_ = 0;
  std::uint64_t lines_ = 0;          ///< of this second
  std::uint64_t unsaid_ = 0;         ///< changes of this second that nobody will see
  std::uint64_t last_sequence_ = 0;  ///< 0: none yet
  std::map<Key, Folded> folded_;
  std::map<Key, Folded>::iterator latest_;
};

}  // namespace penstock::changelog
