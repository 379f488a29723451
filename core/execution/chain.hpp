#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "execution/node.hpp"

namespace penstock::execution {

/** The nodes of a linear plan, on one thread: a batch goes through all of them while it is hot in the cache, depth first.
 *  Node 0 is the source, the last one the sink. */
class Chain final : public Downstream {
 public:
  /** Nothing is opened yet. Plan and context outlive the chain. The calling thread becomes the one that makes all calls. */
  Chain(pipeline::Plan& plan, Context& context);

  /** Sink first, so that nobody hands out what nobody takes. False: one failed, it is reported, and close() is due. */
  [[nodiscard]] bool open();

  /** Source first; once each that was opened. */
  void close();

  /** Takes all rows of `batch` into node `node` and what is behind it: its columns are of that node's input schema, owned
   *  by the batch, shared, or borrowed until the call returns. What does not pass on is accounted. False: the run is
   *  ending, nothing more is wanted. */
  bool push(std::size_t node, batch::Batch& batch) override;

  /** Calls the stages and sinks whose alarm is due. */
  void tick(std::int64_t now_ns);

  /** Flushes the sink if it has consumed as many rows as its `flush_every` says, and acknowledges. */
  void flush_if_due();

  /** The data has ended: every stage that can still pass rows on emits what it holds, first to last; then the sink flushes
   *  and the source learns what has arrived. */
  void drain();

  /** No node has ended or failed, the source apart. */
  [[nodiscard]] bool is_open() const noexcept;

  [[nodiscard]] Node& source() noexcept { return *nodes_.front(); }
  [[nodiscard]] Node& sink() noexcept { return *nodes_.back(); }
  [[nodiscard]] const std::vector<std::unique_ptr<Node>>& nodes() const noexcept { return nodes_; }
  /** When the earliest alarm of a stage or sink is due; `never` if none is set. */
  [[nodiscard]] std::int64_t next_alarm() const noexcept;

 private:
  [[nodiscard]] bool is_worth_flushing();
  void flush_sink();

  Context& context_;
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace penstock::execution
