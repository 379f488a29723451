#pragma once

#include <penstock/abi.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/batch.hpp"
#include "execution/call_clock.hpp"
#include "execution/frame.hpp"
#include "execution/ledger.hpp"
#include "execution/milestones.hpp"
#include "execution/node_host.hpp"
#include "execution/rejects.hpp"
#include "execution/report.hpp"
#include "execution/run.hpp"

namespace penstock::execution {

/** `ok`: go on. `enough`: the node wants no more rows; not a failure. `failed`: reported, and the node is only closed. */
enum class Answer : std::uint8_t { ok, enough, failed };

/** What all nodes of a run share. Belongs to the thread that runs the chain. */
struct Context {
  Hosts& hosts;
  const RunOptions& options;
  Stop& stop;
  Diagnostics& found;
  Ledger ledger = {};
  std::int64_t drain_deadline = never;  ///< steady clock; set when a stop was asked for

  [[nodiscard]] batch::BufferPool& pool() const { return hosts.pool(); }
  [[nodiscard]] batch::KeyTable& keys() const { return hosts.keys(); }
};

/** Where a node's emitted rows go: to the node behind it, at once. */
class Downstream {
 public:
  /** Takes all rows of `batch`. False: the run is ending, nothing more is wanted. */
  virtual bool push(std::size_t node, batch::Batch& batch) = 0;

 protected:
  ~Downstream() = default;
};

/** What a source handed out in one call. */
struct Pulled {
  Answer answer = Answer::ok;     ///< enough: it has ended
  batch::Batch* batch = nullptr;  ///< borrowed until the next pull; null: no rows
  std::int64_t wait_ns = 0;
  std::intptr_t wait_handle = -1;
};

/** One node at work: makes the calls into its plugin, one at a time, checks what came back, applies it, and counts. Rows
 *  are accounted in the ledger before a call of this class returns. Failures are reported where they happen, once. */
class Node final : private CallSite {
 public:
  enum class State : std::uint8_t { closed, open, ended, failed };

  Node(pipeline::NodePlan& plan, std::size_t index, Context& context, Downstream& downstream);

  [[nodiscard]] bool open();
  void close();

  /** Source: one call of `stream` with room for `room` rows. Of more than `most` (an Arrow array may have any number) the
   *  rest counts as not read. */
  [[nodiscard]] Pulled pull(std::int64_t room, std::uint64_t most, bool stopping);
  /** Source: it waits on a handle that is none. */
  void fail_waiting(std::intptr_t handle);
  /** Source: everything before batch `bound` of it has been flushed. */
  Answer acknowledge(std::uint64_t bound);

  /** Stage, sink: one batch. Afterwards `batch` holds what passes on, also when the answer is not ok. */
  Answer process(batch::Batch& batch);
  Answer tick(std::int64_t now_ns);
  Answer flush();

  [[nodiscard]] State state() const noexcept { return state_; }
  [[nodiscard]] bool is_due(std::int64_t now_ns) const noexcept { return host_.alarm() <= now_ns; }
  [[nodiscard]] std::int64_t alarm() const noexcept { return host_.alarm(); }
  void clear_alarm() noexcept { host_.clear_alarm(); }
  [[nodiscard]] bool can_seek() const noexcept { return plan_.type.methods.seek != nullptr; }
  /** Rows that a sink consumed and did not flush yet. */
  [[nodiscard]] std::uint64_t unflushed() const noexcept { return unflushed_; }
  /** Source batches from this one on may have a share in what the node holds; the largest number if it holds nothing. */
  [[nodiscard]] std::uint64_t first_held() const noexcept;
  /** The run is over: what this node took in and did not flush will go no further. Rows of a sink are not delivered, rows
   *  of a stage that it may still hold are not absorbed. */
  void lose_unflushed() noexcept;
  /** In a part of a batch: where the row stood in the whole that the node failed on; 0 if it failed on all of them. */
  [[nodiscard]] std::uint32_t failed_row() const noexcept { return failed_row_; }

  [[nodiscard]] const pipeline::NodePlan& plan() const noexcept { return plan_; }
  [[nodiscard]] const NodeTotals& totals() const noexcept { return totals_; }
  /** Sink: how old the rows were that it took. */
  [[nodiscard]] const Latency& delays() const noexcept { return delays_; }
  [[nodiscard]] Call call_of(std::string_view method) const noexcept { return {plan_, method, 0}; }

 private:
  struct BadRow {
    std::int64_t row;
    std::string column, place, reason, raw;
    bool is_null = false;  // in a column whose plugin takes no nulls
  };
  struct Taken {
    std::uint64_t origin;    // batch of the source
    std::uint64_t absorbed;  // rows, before it
  };

  // CallSite: what the plugin may ask for inside a call.
  penstock_status reject(const penstock_rejection& rejection) noexcept override;
  penstock_batch* allocate(std::int64_t rows) noexcept override;
  penstock_status emit(penstock_batch* batch) noexcept override;

  template <class Method>
  penstock_status invoke(std::string_view method, Method&& call);  // node_invoke.hpp
  void begin_attempt() noexcept;
  [[nodiscard]] bool is_done(penstock_status status) const noexcept;
  void take_back_lent() noexcept;
  bool back_off(int attempt);

  Answer call_with(batch::Batch& batch);
  Answer call(batch::Batch& batch);
  [[gnu::noinline]] Answer call_without_nulls(batch::Batch& batch);
  Answer settle(batch::Batch& batch, penstock_status status);
  Answer conclude(penstock_status status);
  [[nodiscard]] bool has_rows_to_reject(const batch::Batch& batch) const noexcept;
  std::optional<BadRow> reject_null_rows(batch::Batch& batch);
  void check_keys(batch::Batch& batch, std::int64_t rows);
  bool pass_on(OutputFrame& frame);

  bool flush_rejects(std::uint64_t origin);

  Answer fail(diagnostic::Diagnostic diagnostic);
  Answer fail_call(penstock_status status);
  Answer fail_on(const BadRow& row, std::uint64_t origin);
  Answer fail_without_memory();

  void lose(batch::Batch& batch) noexcept;
  void count_call(std::uint64_t rows) noexcept;
  void count_dropped(std::uint64_t filtered, std::uint64_t rejected) noexcept;
  [[nodiscard]] std::uint64_t origin_of(std::uint64_t sequence) const noexcept;

  pipeline::NodePlan& plan_;
  const std::size_t index_;
  Context& context_;
  Downstream& downstream_;
  NodeHost& host_;
  const CallClock& clock_ = CallClock::get();
  const bool is_sink_;
  const bool is_source_;
  const bool emits_;       // rows:any
  const bool may_filter_;  // rows:fewer
  State state_ = State::closed;
  bool was_opened_ = false;
  NodeTotals totals_;

  // The call at hand.
  std::string_view method_;
  std::uint64_t sequence_ = 0;
  int attempts_ = 0;
  batch::Batch* input_ = nullptr;
  InputFrame frame_;
  std::vector<std::uint64_t> rejected_;  // bit per row of the input
  std::int64_t rejected_rows_ = 0;
  std::optional<BadRow> bad_row_;
  std::uint32_t failed_row_ = 0;
  bool answered_stop_ = false;
  bool out_of_memory_ = false;         // in something that the plugin asked of the host
  std::string broken_;                 // how the call broke the contract; empty: it did not
  std::int64_t spent_downstream_ = 0;  // of the call, by its clock: behind this node

  std::vector<std::size_t> without_nulls_;  // columns whose nulls the plugin does not take
  std::vector<std::uint64_t> null_free_;
  std::int64_t call_ns_ = 0;

  // Output: what a source fills; what a stage that emits was lent, and what it gave back.
  std::unique_ptr<OutputFrame> source_frame_;
  std::vector<std::unique_ptr<OutputFrame>> idle_, lent_;

  // Progress towards acknowledgement.
  std::uint64_t holds_ = 0;            // lowest input batch held inside; 0: none
  Milestones<Taken> taken_;            // input batch -> what was true when it came
  Milestones<std::string> positions_;  // source: batch -> where to go on after it
  std::string last_acknowledged_;
  std::uint64_t unflushed_ = 0;
  std::uint64_t unflushed_origin_ = std::numeric_limits<std::uint64_t>::max();

  std::unique_ptr<RejectsFile> rejects_;
  std::uint64_t records_ = 0, errors_ = 0, calls_ = 0;
  std::int64_t verb_ns_ = 0;
  double mean_latency_ms_ = 0;
  Latency delays_;
};

}  // namespace penstock::execution
