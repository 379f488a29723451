// Work on several threads whose results come out in the order in which the tasks went in.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace csv {

/// At most `limit` tasks are inside: waiting, being done, or done and not yet taken. Any thread may add and take. The
/// steady state allocates nothing of its own.
///
///     OrderedWork<Piece, Rows> work({parse, parse}, 8);   // two threads
///     while (!work.is_full()) work.add(next_piece());
///     Rows rows = work.take();                            // of the first piece
template <class Task, class Result>
class OrderedWork {
 public:
  using Work = std::function<Result(Task&&)>;

  /// One thread for each of `workers`, so that each may have memory of its own. `on_ready`, if there is one, is called
  /// by a thread of its own that has finished a task while there is a result to take, and must not throw.
  /// Throws std::system_error: the system has no more threads.
  OrderedWork(std::vector<Work> workers, std::size_t limit, std::function<void()> on_ready = {})
      : workers_(std::move(workers)), on_ready_(on_ready ? std::move(on_ready) : [] {}), slots_(limit) {
    threads_.reserve(workers_.size());
    for (Work& work : workers_) threads_.emplace_back([this, &work](std::stop_token stop) { run(stop, work); });
  }

  /// Waits for the tasks that are being done; the others are not begun. Nobody else is in a method any more.
  ~OrderedWork() {
    for (std::jthread& thread : threads_) thread.request_stop();
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;

  /// Waits while it is full: one who is also the only one to take asks is_full() first.
  void add(Task task) {
    std::unique_lock lock(mutex_);
    room_comes_.wait(lock, [&] { return has_room(); });
    put(std::move(task));
  }

  /// The same, but does tasks with `own` while it is full, rather than wait for others to do them, and calls `on_own` when
  /// there is a result to take then.
  template <class OnReady>
  void add(Task task, Work& own, OnReady on_own) {
    std::unique_lock lock(mutex_);
    while (!has_room()) {
      if (begun_ != end_)
        do_next(lock, own, on_own);
      else
        room_comes_.wait(lock, [&] { return has_room(); });
    }
    put(std::move(task));
  }

  /// The next result in order, or what its task threw. Waits until it is there: if nothing is inside, for a task to be
  /// added by another thread.
  Result take() {
    std::unique_lock lock(mutex_);
    result_comes_.wait(lock, [&] { return is_ready(); });
    return next_result();
  }

  /// The same without waiting: nothing if it is not there yet.
  std::optional<Result> try_take() {
    const std::lock_guard lock(mutex_);
    if (!is_ready()) return std::nullopt;
    return next_result();
  }

  /// Whether the next one is there.
  bool has_result() const {
    const std::lock_guard lock(mutex_);
    return is_ready();
  }

  /// Until everything that was added has been taken, by another thread.
  void wait_until_empty() {
    std::unique_lock lock(mutex_);
    room_comes_.wait(lock, [&] { return first_ == end_; });
  }

  /// Tasks inside.
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(end_ - first_);
  }
  bool is_full() const { return size() == slots_.size(); }

 private:
  struct Slot {
    std::optional<Task> task;
    std::optional<Result> result;
    std::exception_ptr error;
    bool is_done = false;
  };

  Slot& slot(std::uint64_t number) { return slots_[number % slots_.size()]; }
  bool is_ready() const { return first_ != end_ && slots_[first_ % slots_.size()].is_done; }

  Result next_result() {
    Slot& next = slot(first_++);
    next.is_done = false;
    room_comes_.notify_all();
    if (is_ready()) result_comes_.notify_one();  // what was finished behind it told nobody
    const std::exception_ptr error = std::exchange(next.error, nullptr);
    if (error) std::rethrow_exception(error);
    Result result = std::move(*next.result);
    next.result.reset();
    return result;
  }

  bool has_room() const { return end_ - first_ < slots_.size(); }

  void put(Task task) {
    slot(end_).task.emplace(std::move(task));
    ++end_;
    task_comes_.notify_one();
  }

  void run(const std::stop_token& stop, Work& work) {
    std::unique_lock lock(mutex_);
    while (task_comes_.wait(lock, stop, [&] { return begun_ != end_; }) && !stop.stop_requested())
      do_next(lock, work, on_ready_);
  }

  // There is one that nobody has begun. Gives the lock back meanwhile.
  template <class OnReady>
  void do_next(std::unique_lock<std::mutex>& lock, Work& work, const OnReady& on_ready) {
    const std::uint64_t number = begun_++;
    Slot& mine = slot(number);
    lock.unlock();
    try {
      mine.result.emplace(work(std::move(*mine.task)));
    } catch (...) {
      mine.error = std::current_exception();
    }
    mine.task.reset();
    lock.lock();
    mine.is_done = true;
    if (!is_ready()) return;
    result_comes_.notify_one();
    lock.unlock();
    on_ready();
    lock.lock();
  }

  std::vector<Work> workers_;
  std::function<void()> on_ready_;
  mutable std::mutex mutex_;  // guards what follows; a slot that is being worked on belongs to its thread
  std::condition_variable_any task_comes_;
  std::condition_variable result_comes_, room_comes_;
  std::vector<Slot> slots_;
  std::uint64_t first_ = 0, begun_ = 0, end_ = 0;  // tasks taken, begun and added so far
  std::vector<std::jthread> threads_;              // last: joined before anything else goes
};

}  // namespace csv
