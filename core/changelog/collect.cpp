#include "changelog/collect.hpp"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace penstock::changelog {
namespace {

// So long may a change wait in its ring for company: a block of one change costs as much as one of a hundred. It is safe
// there, and `audit` sees it there.
constexpr std::chrono::milliseconds longest_sleep{10};

// A rush goes on as long as so many changes come in such a window.
constexpr std::int64_t rush_window_ns = 1'000'000;
constexpr std::uint64_t rush_changes = 1024;

constexpr std::int64_t publication_period_ns = 1'000;
constexpr int publications_per_look = 16;

void relax() noexcept {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

Collector::Collector(Clock& clock, RingSet& rings, SegmentWriter writer, std::uint32_t run, std::string run_name,
                     Live live)
    : clock_(clock), ring_set_(rings), writer_(std::move(writer)), run_(run), live_(std::move(live)) {
  Bytes definition;
  put_run(definition, run_name);
  dictionary_.begin_run(run, std::move(run_name));
  owe(owed_definitions_, [this, definition = std::move(definition)] { return writer_.define(run_, definition); });
  // The signals of the host are for its other threads.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::error_code failed;
  try {
    thread_ = std::thread([this] { work(); });
  } catch (const std::system_error& error) {
    failed = error.code();
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (failed) throw std::runtime_error("its thread cannot be started: " + failed.message());
}

Collector::~Collector() { stop(); }

void Collector::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    has_work_ = true;
  }
  clock_.ring_bell();
  thread_.join();
}

void Collector::perform(const std::function<void()>& work) {
  Task task{&work};
  std::unique_lock lock(mutex_);
  tasks_.push_back(&task);
  has_work_ = true;
  clock_.ring_bell();
  done_.wait(lock, [&] { return task.is_done; });
}

void Collector::work() {
  for (;;) {
    const std::uint32_t bell = clock_.bell();
    attempt([this] {
      if (clock_.take_rush()) follow_rush();
      drain(1);
    });
    if (!run_tasks()) return;
    tell_time();
    clock_.sleep(bell, longest_sleep);
  }
}

// What throws (there is no memory) fails the log and not the host, and leaves nobody waiting for a task.
void Collector::attempt(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

bool Collector::run_tasks() {
  std::vector<Task*> tasks;
  bool is_stopping;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(tasks_);
    has_work_ = false;
    is_stopping = is_stopping_;
  }
  // Once more: what was recorded before a task was given comes before it.
  if (!tasks.empty()) attempt([this] { drain(1); });
  for (Task* const task : tasks) {
    attempt(*task->work);
    const std::lock_guard lock(mutex_);
    task->is_done = true;
    done_.notify_all();
  }
  return !is_stopping;
}

// Each publication takes the cell's line away from the callers, and each look at a ring the line of its head.
std::int64_t Collector::publish_for_a_while() {
  std::int64_t now = wall_time_ns();
  for (int i = 0; i < publications_per_look; ++i) {
    const std::int64_t next = now + publication_period_ns;
    clock_.publish(now);
    const std::int64_t before = now;
    for (now = wall_time_ns(); now < next && now >= before; now = wall_time_ns()) relax();
  }
  return now;
}

// Keeps the time in the clock's cell while changes arrive fast, and writes whole blocks meanwhile.
void Collector::follow_rush() {
  std::int64_t window_end = 0;
  std::uint64_t arrived_before = 0;
  while (!has_work_.load(std::memory_order_relaxed)) {
    const std::int64_t now = publish_for_a_while();
    const std::uint64_t waiting = pending();
    const std::uint64_t arrived = waiting + totals_.changes;
    if (now >= window_end || now < window_end - rush_window_ns) {
      if (window_end != 0 && arrived - arrived_before < rush_changes) break;
      window_end = now + rush_window_ns;
      arrived_before = arrived;
    }
    // Half a ring at the latest: who waits for room must not wait for the end of the rush.
    const std::size_t enough = std::min(rows_per_block, rings_.front()->slots().size() / 2);
    if (waiting >= enough && failure_.empty())
      drain(enough);
    else
      sched_yield();
  }
  clock_.publish(0);
}

std::uint64_t Collector::pending() {
  ring_set_.list(rings_);
  std::uint64_t waiting = 0;
  for (const RingFile* ring : rings_) waiting += ring->head() - ring->tail();
  return waiting;
}

// Writes what is in the rings at this moment, as long as it is `at_least` so much: a plugin that assigns flat out must not
// keep the collector from its other work.
void Collector::drain(std::size_t at_least) {
  if (is_closed_ || !failure_.empty()) return;
  std::uint64_t waiting = view_rings();
  while (waiting >= at_least) {
    before_ = views_;
    if (!merge(views_, ledger_, rows_)) break;  // the rest waits for what was not yet in view
    waiting -= std::min<std::uint64_t>(waiting, std::max<std::size_t>(rows_.size(), 1));
    if (!write_block()) return;
  }
  report_waits();
}

// A ring that is made while the heads are read may be the one that a hand-over in another ring waits for: then look again.
std::uint64_t Collector::view_rings() {
  refresh_anchor();
  std::uint64_t waiting;
  do {
    ring_set_.list(rings_);
    views_.resize(rings_.size());
    waiting = 0;
    for (std::size_t i = 0; i < rings_.size(); ++i) {
      const RingFile& ring = *rings_[i];
      views_[i] = {ring.number(), ring.slots(), ring.tail(), ring.head(), anchor_, views_[i].last_time_ns};
      waiting += views_[i].end - views_[i].next;
    }
    ring_set_.list(rings_);
  } while (rings_.size() != views_.size());
  return waiting;
}

// Not more often: a reader of the ring files must not meet two changes of the anchor while it reads one page.
void Collector::refresh_anchor() {
  const std::int64_t now = wall_time_ns();
  if (now - anchor_.time_ns < Clock::anchor_period_ns && now >= anchor_.time_ns) return;
  anchor_ = clock_.calibrate();
  ring_set_.set_anchor(anchor_);
}

// A block that could not be written is kept as it is: merged again, it would be marked against its own values.
bool Collector::write_block() {
  const std::uint64_t first_sequence = writer_.end().next_sequence;
  const BlockDraft draft{.run = run_, .clock_error_ns = clock_.take_error_ns()};
  is_stalled_ = !append_rows(writer_, draft, rows_, before_, views_);
  if (is_stalled_) {
    fail(writer_.failure());
    return false;
  }
  for (std::size_t i = 0; i < views_.size(); ++i) rings_[i]->release(views_[i].next);
  count(rows_, first_sequence);
  return true;
}

void Collector::count(std::span<const Entry> rows, std::uint64_t first_sequence) {
  totals_.changes += rows.size();
  for (const Entry& row : rows) totals_.rejected += row.has(flag_rejected);
  show_rows(rows, first_sequence);
}

void Collector::report_waits() {
  std::uint64_t waits = 0;
  for (const RingFile* ring : rings_) waits += ring->waits();
  if (waits == totals_.waits) return;
  const std::uint64_t more = waits - totals_.waits;
  totals_.waits = waits;
  append({.metric = "ring_full",
          .kind = Kind::lifecycle,
          .reason = std::to_string(more) + " assignments waited for room"});
}

void Collector::define(NodeDefinition node) {
  dictionary_.add(node);
  ledger_.add(node.number, node.info);
  Bytes definition;
  put_node(definition, node);
  owe(owed_definitions_, [this, definition = std::move(definition)] { return writer_.define(run_, definition); });
  if (node.info.metrics.empty()) return;

  std::vector<Entry> rows;
  for (std::uint32_t index = 0; const MetricInfo& metric : node.info.metrics) {
    rows.push_back({wall_time_ns(), node.number, index++ | flag_first, 0, metric.initial});
    ledger_.follow(rows.back());
  }
  owe(owed_definitions_, [this, rows = std::move(rows)] {
    const std::uint64_t first_sequence = writer_.end().next_sequence;
    if (!append_rows(writer_, {.run = run_}, rows, {}, {})) return false;
    count(rows, first_sequence);
    return true;
  });
}

void Collector::append(Change change) {
  change.time_ns = wall_time_ns();
  change.label = change.metric;
  change.run = dictionary_.run_name();
  change.run_number = run_;
  owe(owed_records_, [this, change = std::move(change)]() mutable {
    Bytes payload;
    put_change(payload, change);
    pad(payload);
    change.sequence = writer_.end().next_sequence;
    const BlockDraft draft{.kind = BlockKind::texts,
                           .run = run_,
                           .count = 1,
                           .first_time_ns = change.time_ns,
                           .last_time_ns = change.time_ns};
    if (!writer_.append(draft, payload)) return false;
    ++totals_.changes;
    show({&change, 1});
    return true;
  });
}

void Collector::append_close() {
  owe(owed_records_, [this] {
    Bytes payload;
    put(payload, totals_);
    const std::int64_t now = wall_time_ns();
    is_closed_ =
        writer_.append({.kind = BlockKind::close, .run = run_, .first_time_ns = now, .last_time_ns = now}, payload);
    if (is_closed_) ring_set_.give_up();  // a thread of a plugin that goes on must not wait for room for ever
    return is_closed_;
  });
}

void Collector::owe(Owed& queue, std::function<bool()> write) {
  queue.push_back(std::move(write));
  if (failure_.empty()) settle(queue);
}

void Collector::settle(Owed& queue) {
  while (!queue.empty()) {
    if (!queue.front()()) return fail(writer_.failure());
    queue.pop_front();
  }
}

void Collector::retry() {
  if (failure_.empty()) return;
  failure_.clear();
  ring_set_.resume();
  if (is_stalled_ && !write_block()) return;
  settle(owed_definitions_);
  drain(1);
  if (failure_.empty()) settle(owed_records_);
}

void Collector::fail(std::string why) {
  failure_ = std::move(why);
  ring_set_.give_up();
}

std::size_t Collector::live_allowance(std::size_t wanted) {
  if (!live_.on_changes) return 0;
  const std::int64_t second = wall_time_ns() / 1'000'000'000;
  if (std::exchange(live_second_, second) != second) live_left_ = live_.per_second;
  const std::size_t allowed = std::min(wanted, live_left_);
  live_left_ -= allowed;
  return allowed;
}

// What is shown is on the log already: a failure to show it, also for want of memory, is a gap in what people see and no more.
void Collector::show(std::span<const Change> changes) noexcept {
  try {
    if (live_allowance(changes.size()) == changes.size()) live_.on_changes(changes);
  } catch (...) {
  }
}

// Once a second, so that who folds the changes of a second can say them when it is over.
void Collector::tell_time() noexcept {
  const std::int64_t second = wall_time_ns() / 1'000'000'000;
  if (std::exchange(told_second_, second) == second || !live_.on_changes) return;
  try {
    live_.on_changes({});
  } catch (...) {
  }
}

void Collector::show_rows(std::span<const Entry> rows, std::uint64_t first_sequence) noexcept {
  const std::size_t count = live_allowance(rows.size());
  if (count == 0) return;
  try {
    if (shown_.size() < count) shown_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      dictionary_.describe(rows[i], shown_[i]);
      shown_[i].sequence = first_sequence + i;
    }
    live_.on_changes(std::span(shown_).first(count));
  } catch (...) {
  }
}

}  // namespace penstock::changelog
