#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "execution/node.hpp"
#include "execution/partitions.hpp"

namespace penstock::execution {

/** The nodes of a linear plan, on one thread: a batch goes through all of them while it is hot in the cache, depth first.
 *  Those of a plan's partitions, if it has some, have threads of their own, and batches are under way there. */
class Chain final : public Downstream {
 public:
  /** Nothing is opened yet. Plan and context outlive the chain. The calling thread becomes the one that makes all calls. */
  Chain(pipeline::Plan& plan, Context& context);

  /** Sink first, so that nobody hands out what nobody takes. False: one failed, it is reported, and close() is due. */
  [[nodiscard]] bool open();

  /** Source first; once each that was opened. */
  void close();

  /** Takes what the source handed out: it is passed on, or kept until a batch is full or the oldest row has waited for the
   *  source's `max_delay`. */
  void take_in(batch::Batch& batch);
  /** When rows that wait for more are to go on; `never` if none do. */
  [[nodiscard]] std::int64_t waiting_until() const noexcept;
  void pass_on_waiting();

  /** Takes all rows of `batch` into node `node` and what is behind it: its columns are of that node's input schema, owned
   *  by the batch, shared, or borrowed until the call returns. What does not pass on is accounted. False: the run is
   *  ending, nothing more is wanted. */
  bool push(std::size_t node, batch::Batch& batch) override;

  /** Calls the stages and sinks whose alarm is due. */
  void tick(std::int64_t now_ns);

  /** Flushes the sink if it has consumed as many rows as its `flush_every` says, and acknowledges. */
  void flush_if_due();

  /** Waits for the batches that are under way in partitions, and passes them on. */
  void finish_rounds();

  /** The data has ended: every stage that can still pass rows on emits what it holds, first to last; then the sink flushes
   *  and the source learns what has arrived. */
  void drain();

  /** No node has ended or failed, the source apart. */
  [[nodiscard]] bool is_open() const noexcept;

  [[nodiscard]] Node& source() noexcept { return *nodes_.front(); }
  [[nodiscard]] Node& sink() noexcept { return *nodes_.back(); }
  /** Of each node of the plan; of one in partitions their sum. After close(). */
  [[nodiscard]] std::vector<NodeTotals> totals() const;
  /** When the earliest alarm of a stage or sink is due; `never` if none is set. */
  [[nodiscard]] std::int64_t next_alarm() const noexcept;

 private:
  [[nodiscard]] bool is_worth_flushing();
  void flush_sink();
  bool pass_on(std::size_t node, batch::Batch& batch);
  bool give(batch::Batch& batch);
  bool take_round();

  Context& context_;
  std::vector<std::unique_ptr<Node>> nodes_;  // without those of the partitions
  std::unique_ptr<Partitions> partitions_;
  batch::Batch waiting_;               // rows of the source that wait for more
  batch::Batch merged_;                // what came out of the partitions, on its way
  std::size_t behind_partitions_ = 0;  // index in nodes_; 0: there are none
};

}  // namespace penstock::execution
