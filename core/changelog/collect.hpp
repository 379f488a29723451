#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "changelog/clock.hpp"
#include "changelog/dictionary.hpp"
#include "changelog/invariant.hpp"
#include "changelog/merge.hpp"
#include "changelog/ring_set.hpp"
#include "changelog/segment_writer.hpp"

namespace penstock::changelog {

/** Called with what was just put on the log; see Options::on_changes. */
struct Live {
  std::function<void(std::span<const Change>)> on_changes = {};
  std::uint32_t per_second = 0;
};

/** The thread that empties the rings of a run into its log: it merges them by time, marks what breaks an invariant, and
 *  appends blocks. All that is written goes through it, so the order of the log is the order of its work. */
class Collector {
 public:
  Collector(Clock& clock, RingSet& rings, SegmentWriter writer, std::uint32_t run, std::string run_name, Live live);
  ~Collector();
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  /** Has the collector empty the rings and then call `work` on its thread; waits for that. Any thread but its own. */
  void perform(const std::function<void()>& work);

  /** Ends the thread; what is in the rings stays there. */
  void stop();

  // Only in a `work` of perform(), or when the thread has ended:

  /** Defines a node on the log, with the first change of each of its metrics. */
  void define(NodeDefinition node);
  /** Puts a parameter or lifecycle record on the log. */
  void append(Change change);
  /** The last record: nothing is written after it. */
  void append_close();

  /** Tries once more to write all that could not be written, in the order in which it came; of records that came meanwhile
   *  the order among changes is not known any more, and they are written after these. */
  void retry();

  /** Why nothing can be written any more; empty: it can. */
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }
  [[nodiscard]] const CloseRecord& totals() const noexcept { return totals_; }
  [[nodiscard]] SegmentWriter& writer() noexcept { return writer_; }

  /** Changes that are in a ring and not in a segment. */
  [[nodiscard]] std::uint64_t pending();

 private:
  struct Task {
    const std::function<void()>* work;
    bool is_done = false;
  };

  using Owed = std::deque<std::function<bool()>>;

  void work();
  void attempt(const std::function<void()>& work);
  [[nodiscard]] bool run_tasks();
  void follow_rush();
  [[nodiscard]] std::int64_t publish_for_a_while();

  void drain(std::size_t at_least);
  [[nodiscard]] std::uint64_t view_rings();
  void refresh_anchor();
  [[nodiscard]] bool write_block();
  void count(std::span<const Entry> rows, std::uint64_t first_sequence);
  void report_waits();

  void owe(Owed& queue, std::function<bool()> write);
  void settle(Owed& queue);
  void fail(std::string why);

  void show(std::span<const Change> changes) noexcept;
  void tell_time() noexcept;
  void show_rows(std::span<const Entry> rows, std::uint64_t first_sequence) noexcept;
  [[nodiscard]] std::size_t live_allowance(std::size_t wanted);

  Clock& clock_;
  RingSet& ring_set_;
  SegmentWriter writer_;
  std::uint32_t run_;
  Live live_;
  Dictionary dictionary_;
  Ledger ledger_;
  CloseRecord totals_;

  // What the control side gave and is not yet written; empty as long as nothing fails.
  Owed owed_definitions_;
  Owed owed_records_;
  std::string failure_;
  bool is_closed_ = false;

  std::vector<RingFile*> rings_;
  TickAnchor anchor_;
  std::vector<RingView> views_;
  std::vector<RingView> before_;
  std::vector<Entry> rows_;  ///< of the block that is being written
  bool is_stalled_ = false;  ///< it could not be
  std::vector<Change> shown_;
  std::int64_t told_second_ = 0;
  std::int64_t live_second_ = 0;
  std::size_t live_left_ = 0;

  std::mutex mutex_;
  std::condition_variable done_;
  std::vector<Task*> tasks_;
  bool is_stopping_ = false;
  std::atomic<bool> has_work_ = false;  ///< a task, or the end
  std::thread thread_;
};

}  // namespace penstock::changelog
