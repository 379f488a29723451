#include <cstring>
#include <new>
#include <utility>

#include "execution/node.hpp"
#include "execution/node_invoke.hpp"

// The calls that only a source has.
namespace penstock::execution {
namespace {

constexpr std::size_t longest_position = std::size_t{64} << 10;

}  // namespace

Pulled Node::pull(std::int64_t room, std::uint64_t most, bool stopping) try {
  method_ = "stream";
  ++sequence_;
  host_.clear_alarm();
  (void)source_frame_->prepare(room, context_.pool());
  const penstock_status status = invoke("stream", [&] {
    penstock_batch& empty = source_frame_->reset();
    empty.stopping = stopping ? 1 : 0;
    empty.sequence = sequence_;
    return plan_.type.methods.stream(plan_.instance.get(), &empty);
  });
  const penstock_batch& filled = source_frame_->abi();
  std::optional<batch::Batch*> taken;
  if (is_done(status)) taken = source_frame_->take(context_.keys(), context_.pool(), broken_);
  const bool has_position = plan_.type.methods.acknowledge != nullptr && filled.position != nullptr;
  if (taken && has_position && ::strnlen(filled.position, longest_position + 1) > longest_position)
    broken_ = "gave a position of more than 64 KiB";
  if (!taken || !broken_.empty()) {
    if (rejects_ != nullptr) rejects_->take_back();
    return {.answer = fail_call(status)};
  }
  if (rejects_ != nullptr) rejects_->mark();

  batch::Batch& batch = **taken;
  const bool is_cut = static_cast<std::uint64_t>(batch.rows) > most;
  if (is_cut) batch.rows = static_cast<std::int64_t>(most);
  for (batch::Column& column : batch.columns) batch::drop_full_bitmap(column, batch.rows);
  batch.origin = sequence_;
  batch.ingest_ns = steady_ns();
  if (has_position && !is_cut) positions_.add(sequence_, filled.position);

  const auto taken_rows = static_cast<std::uint64_t>(batch.rows);
  const auto rejected = static_cast<std::uint64_t>(rejected_rows_);
  totals_.in += taken_rows + rejected;
  totals_.passed += taken_rows;
  totals_.out += taken_rows;
  context_.ledger.read += taken_rows + rejected;
  if (context_.options.rows_read != nullptr)
    context_.options.rows_read->store(context_.ledger.read, std::memory_order_relaxed);
  count_dropped(0, rejected);
  if (taken_rows > 0) {
    ++totals_.batches;
    count_call(taken_rows);
  }

  Pulled pulled{
      .batch = batch.rows > 0 ? &batch : nullptr, .wait_ns = filled.wait_ns, .wait_handle = filled.wait_handle};
  if (bad_row_) {
    pulled.answer = fail_on(*bad_row_, batch.origin);
  } else if (!flush_rejects(batch.origin)) {
    pulled.answer = Answer::failed;
  } else if (status == PENSTOCK_END) {
    state_ = State::ended;
    pulled.answer = Answer::enough;
  }
  return pulled;
} catch (const std::bad_alloc&) {
  return {.answer = fail_without_memory()};
}

void Node::fail_waiting(std::intptr_t handle) {
  broken_ = "waits on the descriptor " + std::to_string(handle) + ", which is not open,";
  (void)fail_call(PENSTOCK_FAILED);
}

Answer Node::acknowledge(std::uint64_t bound) {
  const auto method = plan_.type.methods.acknowledge;
  if (method == nullptr || bound == 0 || (state_ != State::open && state_ != State::ended)) return Answer::ok;
  const std::string* const position = positions_.at_or_before(bound - 1);
  if (position == nullptr || *position == last_acknowledged_) return Answer::ok;
  last_acknowledged_ = *position;
  positions_.forget_before(bound - 1);
  const penstock_status status =
      invoke("acknowledge", [&] { return method(plan_.instance.get(), last_acknowledged_.c_str()); });
  return status == PENSTOCK_OK && broken_.empty() ? Answer::ok : fail_call(status);
}

}  // namespace penstock::execution
