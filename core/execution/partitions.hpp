#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "batch/batch.hpp"
#include "execution/node.hpp"
#include "execution/ring.hpp"

namespace penstock::execution {

/** The part of a plan that exists several times, each time for a share of the keys and on a thread of its own as far as
 *  there are threads. Whoever runs the chain gives batches and takes them back in the same order, each with its rows in
 *  their order: nothing but the time that it takes tells how many partitions there are. Made, given and taken on one
 *  thread.
 *
 *  When a node fails on a row, what its batch had behind that row is lost in every partition, as it is without them. */
class Partitions {
 public:
  /** Nothing is opened yet. Plan and context outlive this. */
  Partitions(pipeline::Plan& plan, Context& context);
  ~Partitions() { stop(); }
  Partitions(const Partitions&) = delete;
  Partitions& operator=(const Partitions&) = delete;

  [[nodiscard]] bool open();  ///< last node first
  void start();               ///< its threads; with a budget of one thread there are none, and give() does the work
  void stop() noexcept;       ///< waits for what was given; afterwards the calling thread makes all calls
  void close();

  void give(const batch::Batch& batch);
  /** What became of the oldest batch that was given; waits for it. False beside it: nothing more is wanted. */
  [[nodiscard]] bool take(batch::Batch& merged);
  [[nodiscard]] std::size_t given() const noexcept { return rounds_.size(); }
  /** Batches that may be under way without idle threads and without memory that grows. */
  [[nodiscard]] std::size_t most() const noexcept { return workers_.empty() ? 0 : workers_.size() + 1; }

  void tick(std::int64_t now_ns);
  void flush();  ///< after stop()
  [[nodiscard]] bool is_open() const noexcept { return is_open_; }
  [[nodiscard]] bool has_failed() const noexcept;  ///< in whatever call; after stop()
  void fail_without_memory();                      ///< a batch could not be parted or put together
  [[nodiscard]] std::int64_t next_alarm() const noexcept;
  /** Source batches from this one on may be under way. */
  [[nodiscard]] std::uint64_t first_held() const noexcept;
  void lose_unflushed() noexcept;

  [[nodiscard]] std::size_t nodes() const noexcept { return lanes_.front()->nodes.size(); }
  /** Of the node `index` of each partition: the sum over its instances. */
  [[nodiscard]] NodeTotals totals(std::size_t index) const;
  /** Puts what the partitions have counted and reported into the context of the run. After stop(), once. */
  void hand_over();

 private:
  /** What became of a part: the rows of the whole batch from `end` on go no further, and nor does what comes after it if
   *  a node has ended or failed. */
  struct Outcome {
    std::uint32_t end = std::numeric_limits<std::uint32_t>::max();
    bool is_open = true;
    std::uint64_t first_lost = std::numeric_limits<std::uint64_t>::max();  // as in the ledger of its partition
  };

  /** Of one node: however often it rings, it is one task until a thread begins with it. */
  struct Alarm {
    Node* node;
    bool is_queued = false;
  };

  /** The nodes of one partition. What stands in its context is read by others after stop(). */
  struct Lane final : Downstream {
    Lane(pipeline::Plan& plan, std::size_t index, Context& run);
    bool push(std::size_t, batch::Batch&) override { return false; }  // no node of a partition emits
    void own();
    [[nodiscard]] Outcome process(batch::Batch& part);

    Diagnostics found;
    Context context;
    std::vector<std::unique_ptr<Node>> nodes;
    std::vector<Alarm> alarms;  // of each node
  };

  /** One batch, under way. */
  struct Round {
    std::vector<batch::Batch> parts;
    std::vector<Outcome> outcomes;  // of each part
    std::int64_t rows = 0;
    std::uint64_t origin = 0;
    std::size_t left = 0;  // parts that are not done
  };

  /** A part of a round, or the alarm of a node. */
  struct Task {
    Round* round;
    std::size_t lane;
    Alarm* alarm;
  };

  struct Worker {
    std::thread thread;
    std::vector<std::size_t> lanes;
    Ring<Task> tasks;
    std::condition_variable is_there;
  };

  void work(Worker& worker);
  void run(Round& round, std::size_t lane);
  bool hand_out(const Task& task);
  void lose(batch::Batch& part) noexcept;
  std::unique_ptr<Round> next_round();

  pipeline::Plan& plan_;
  Context& context_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<std::unique_ptr<Worker>> workers_;
  Ring<std::unique_ptr<Round>> rounds_;  // given, oldest first
  std::vector<std::unique_ptr<Round>> idle_;
  std::optional<std::size_t> failed_lane_;  // whose failure ended the run: the first by batch and row
  bool is_out_of_memory_ = false;
  bool is_open_ = true;  // no node has ended or failed, as far as batches were taken

  std::mutex mutex_;  // guards the tasks, which alarms are queued, `left` and `is_stopping_`
  std::condition_variable is_done_;
  bool is_stopping_ = false;
};

}  // namespace penstock::execution
