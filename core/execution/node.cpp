#include "execution/node.hpp"

#include <poll.h>

#include <algorithm>
#include <bit>
#include <new>
#include <utility>

#include "batch/bits.hpp"
#include "batch/compact.hpp"
#include "execution/node_invoke.hpp"

namespace penstock::execution {
namespace {

namespace bits = batch::bits;

constexpr int most_attempts = 5;
constexpr int first_delay_ms = 10;  // then four times as long each time: 850 ms in all

std::uint64_t count(std::int64_t rows) noexcept { return static_cast<std::uint64_t>(rows); }

}  // namespace

Node::Node(pipeline::NodePlan& plan, std::size_t index, Context& context, Downstream& downstream)
    : plan_(plan),
      index_(index),
      context_(context),
      downstream_(downstream),
      host_(NodeHost::of(*plan.host)),
      is_sink_(plan.type.type->manifest.interface == plugin::Interface::sink),
      is_source_(plan.type.type->manifest.interface == plugin::Interface::source),
      emits_(plan.type.type->manifest.interface == plugin::Interface::stage &&
             plan.type.type->manifest.rows == plugin::Rows::any),
      may_filter_(plan.type.type->manifest.rows == plugin::Rows::fewer),
      frame_(plan, context.options.batch_rows),
      rejected_(count(bits::words(context.options.batch_rows))) {
  totals_.node = plan.name;
  totals_.type = plan.type.type->manifest.name;
  for (const pipeline::Binding& binding : plan.bindings)
    if (binding.reject_nulls) without_nulls_.push_back(binding.column);
  if (is_source_) source_frame_ = std::make_unique<OutputFrame>(plan);
}

bool Node::open() {
  if (plan_.rejects) {
    rejects_ = RejectsFile::create(*plan_.rejects, context_.found);
    if (rejects_ == nullptr) return false;
  }
  if (const auto method = plan_.type.methods.open) {
    const penstock_status status = invoke("open", [&] { return method(plan_.instance.get()); });
    if (status != PENSTOCK_OK || !broken_.empty()) {
      (void)fail_call(status);
      return false;
    }
  }
  was_opened_ = true;
  state_ = State::open;
  context_.hosts.lifecycle(host_.audited_name(), "opened");
  return true;
}

void Node::close() {
  if (!std::exchange(was_opened_, false)) return;
  if (const auto method = plan_.type.methods.close) {
    const penstock_status status = invoke("close", [&] { return method(plan_.instance.get()); });
    if (status != PENSTOCK_OK || !broken_.empty()) (void)fail_call(status);
  }
  (void)flush_rejects(context_.ledger.first_lost);
  state_ = State::closed;
  context_.hosts.lifecycle(host_.audited_name(), "closed");
}

Answer Node::process(batch::Batch& batch) {
  if (state_ != State::open) {
    lose(batch);
    return state_ == State::failed ? Answer::failed : Answer::enough;
  }
  ++sequence_;
  ++totals_.batches;
  try {
    if (emits_) {
      taken_.add(sequence_, {batch.origin, totals_.absorbed});
      if (holds_ == 0) holds_ = sequence_;
    }
    return call_with(batch);
  } catch (const std::bad_alloc&) {
    frame_.hide();
    input_ = nullptr;
    lose(batch);
    if (rejects_ != nullptr) rejects_->take_back();
    return fail_without_memory();
  }
}

Answer Node::call_with(batch::Batch& batch) {
  method_ = is_sink_ ? "consume" : "process";
  input_ = &batch;
  const Answer answer = has_rows_to_reject(batch) ? call_without_nulls(batch) : call(batch);
  return answer != Answer::failed && !flush_rejects(batch.origin) ? Answer::failed : answer;
}

// Apart, because what a bad row needs is cleared at its begin, which costs a tenth of a call.
Answer Node::call_without_nulls(batch::Batch& batch) {
  const auto null_row = reject_null_rows(batch);
  const Answer answer = call(batch);
  return null_row && answer != Answer::failed ? fail_on(*null_row, batch.origin) : answer;
}

Answer Node::call(batch::Batch& batch) {
  Answer answer = Answer::ok;
  if (batch.rows > 0) {
    frame_.show(batch, sequence_, context_.keys(), context_.pool());
    const auto method = is_sink_ ? plan_.type.methods.consume : plan_.type.methods.process;
    const penstock_status status = invoke(method_, [&] { return method(plan_.instance.get(), &frame_.present()); });
    frame_.hide();
    answer = settle(batch, status);
  }
  input_ = nullptr;
  return answer;
}

// What came back from a call: checked, applied, counted. What is left in `batch` passes on.
Answer Node::settle(batch::Batch& batch, penstock_status status) {
  bool done = is_done(status);
  if (bad_row_ && batch.number_memory) failed_row_ = batch.row_numbers()[bad_row_->row];
  std::uint64_t* const keep = frame_.keep();
  const std::int64_t given = batch.rows;
  const std::int64_t rows = bad_row_ ? bad_row_->row : given;  // those behind a bad row take no further part
  std::int64_t rejected = 0, kept = 0;
  if (done && frame_.is_faulty()) broken_ = frame_.fault();
  if (done && broken_.empty()) {
    if (rows % 64 != 0) keep[rows / 64] &= bits::last_mask(rows);
    if (rows < given) std::fill(keep + bits::words(rows), keep + bits::words(given), 0);
    if (rejected_rows_ > 0)
      for (std::int64_t word = 0; word < bits::words(rows); ++word) keep[word] &= ~rejected_[count(word)];
    rejected = bad_row_ ? 0 : rejected_rows_;
    kept = is_sink_ || emits_ ? rows - rejected : bits::count(keep, rows);
    if (!is_sink_ && !emits_ && kept == given) frame_.reuse_keep();
    if (!is_sink_ && !emits_ && !may_filter_ && kept + rejected != rows)
      broken_ = "dropped " + std::to_string(rows - rejected - kept) + " rows though its manifest says `rows:same`";
    else if (!is_sink_ && !emits_)
      check_keys(batch, rows);
  }
  done = done && broken_.empty();
  if (!done || (is_sink_ && status == PENSTOCK_END)) {
    // Of what a sink that has enough was given last, nobody knows whether it arrived.
    lose(batch);
    if (rejects_ != nullptr) rejects_->take_back();
    if (!done) return fail_call(status);
    state_ = State::ended;
    return Answer::enough;
  }
  // Before anything is counted, because it may find no memory, and then the batch is lost as a whole.
  if (!is_sink_ && !emits_) {
    batch.schema = &plan_.out;
    batch::compact(batch, keep, kept, context_.pool());
    for (std::size_t i = plan_.in.size(); i < batch.columns.size(); ++i)
      batch::drop_full_bitmap(batch.columns[i], kept);
  }
  if (rejects_ != nullptr) rejects_->mark();

  if (bad_row_) {
    context_.ledger.lose(given - rows - 1, batch.origin);
    rejected = 1;
  }
  const std::int64_t filtered = is_sink_ || emits_ ? 0 : rows - kept - (bad_row_ ? 0 : rejected);
  const std::int64_t entered = rows + (bad_row_ ? 1 : 0);
  totals_.in += count(entered);
  count_dropped(count(filtered), count(rejected));
  if (emits_) {
    totals_.absorbed += count(kept);
    context_.ledger.absorbed += count(kept);
    batch.rows = 0;
  } else {
    totals_.passed += count(kept);
    totals_.out += count(kept);
    if (is_sink_) {
      unflushed_ += count(kept);
      delays_.add(steady_ns() - batch.ingest_ns, count(kept));
      unflushed_origin_ = std::min(unflushed_origin_, batch.origin);
      batch.rows = 0;
    }
  }
  count_call(count(entered));
  if (bad_row_) return fail_on(*bad_row_, batch.origin);
  if (status == PENSTOCK_END) {
    state_ = State::ended;
    return Answer::enough;
  }
  return Answer::ok;
}

void Node::check_keys(batch::Batch& batch, std::int64_t rows) {
  for (const pipeline::Binding& binding : plan_.bindings) {
    if (binding.access == plugin::Access::read || plan_.out[binding.column].type != batch::Type::key) continue;
    if (const auto row = find_unknown_key(batch.columns[binding.column], rows, context_.keys().size(), frame_.keep()))
      broken_ = "put a code into row " + std::to_string(*row) + " of `" + plan_.out[binding.column].name +
                "` that `intern` never gave";
  }
}

bool Node::has_rows_to_reject(const batch::Batch& batch) const noexcept {
  return std::ranges::any_of(without_nulls_,
                             [&](std::size_t column) { return batch.columns[column].valid != nullptr; });
}

// Rows that are null in a column whose plugin takes no nulls. By the policy of a bad row: the batch ends before the first
// of them, which comes back; or they are taken out.
std::optional<Node::BadRow> Node::reject_null_rows(batch::Batch& batch) {
  std::optional<BadRow> bad;
  for (std::size_t i = 0; i < plan_.bindings.size() && !bad; ++i) {
    const pipeline::Binding& binding = plan_.bindings[i];
    if (!binding.reject_nulls) continue;
    batch::Column& column = batch.columns[binding.column];
    const std::int64_t nulls = batch::null_count(column, batch.rows);
    if (nulls > 0) {
      const std::string& name = plan_.in[binding.column].name;
      const std::int64_t kept = batch.rows - nulls;
      if (plan_.on_bad_row == pipeline::OnBadRow::stop) {
        std::int64_t row = 0;
        while (bits::test(column.valid, row)) ++row;
        if (batch.number_memory) failed_row_ = batch.row_numbers()[row];
        bad = BadRow{row, name, {}, "is null, and `" + totals_.type + "` takes no nulls", {}, true};
        context_.ledger.lose(batch.rows - row - 1, batch.origin);
        batch.rows = row;
        totals_.in += 1;
        count_dropped(0, 1);
      } else {
        for (std::int64_t row = 0; rejects_ != nullptr && row < batch.rows; ++row)
          if (!bits::test(column.valid, row))
            rejects_->write({.node = plan_.name, .column = name, .reason = "is null", .batch = &batch, .row = row},
                            context_.keys());
        // The bitmap that says which rows stay is itself compacted: it must not be read while it is written.
        null_free_.assign(column.valid, column.valid + bits::words(batch.rows));
        if (batch.rows % 64 != 0) null_free_.back() &= bits::last_mask(batch.rows);
        batch::compact(batch, null_free_.data(), kept, context_.pool());
        if (rejects_ != nullptr) rejects_->mark();
        totals_.in += count(nulls);
        count_dropped(0, count(nulls));
      }
    }
    if (!bad) {
      column.valid = nullptr;
      column.valid_memory = {};
    }
  }
  return bad;
}

Answer Node::tick(std::int64_t now_ns) {
  host_.clear_alarm();
  const auto method = plan_.type.methods.tick;
  if (state_ != State::open || method == nullptr) return Answer::ok;
  const penstock_status status = invoke("tick", [&] { return method(plan_.instance.get(), now_ns); });
  return conclude(status);
}

Answer Node::flush() {
  if (state_ != State::open && state_ != State::ended) return Answer::failed;
  if (const auto method = plan_.type.methods.flush) {
    const penstock_status status = invoke("flush", [&] { return method(plan_.instance.get()); });
    const Answer answer = conclude(status);
    if (answer != Answer::ok || status == PENSTOCK_STOP) return answer;  // STOP: the rest of what it holds stays there
  }
  holds_ = 0;
  context_.ledger.delivered += std::exchange(unflushed_, 0);
  unflushed_origin_ = std::numeric_limits<std::uint64_t>::max();
  return Answer::ok;
}

// Whether a call went as the boundary allows, by its answer and by what it asked of the host.
bool Node::is_done(penstock_status status) const noexcept {
  return broken_.empty() && !out_of_memory_ &&
         (status == PENSTOCK_OK || status == PENSTOCK_END || (status == PENSTOCK_STOP && answered_stop_));
}

// The end of a call that was not about a batch.
Answer Node::conclude(penstock_status status) {
  if (!is_done(status)) return fail_call(status);
  if (status != PENSTOCK_END) return Answer::ok;
  state_ = State::ended;
  return Answer::enough;
}

bool Node::back_off(int attempt) {
  if (attempt >= most_attempts || context_.stop.level() >= 2) return false;
  if (context_.stop.level() == 1) return attempt == 1;  // one more at once, then the drain goes on
  int delay = first_delay_ms;
  for (int i = 1; i < attempt; ++i) delay *= 4;
  pollfd stop{context_.stop.descriptor(), POLLIN, 0};
  (void)::poll(&stop, 1, delay);
  return true;
}

std::uint64_t Node::first_held() const noexcept {
  const std::uint64_t held = holds_ == 0 ? std::numeric_limits<std::uint64_t>::max() : origin_of(holds_);
  return std::min(held, unflushed_origin_);
}

std::uint64_t Node::origin_of(std::uint64_t sequence) const noexcept {
  const Taken* const taken = taken_.at_or_before(sequence);
  return taken == nullptr ? 0 : taken->origin;
}

void Node::lose_unflushed() noexcept {
  context_.ledger.lose(static_cast<std::int64_t>(std::exchange(unflushed_, 0)), unflushed_origin_);
  if (holds_ == 0) return;
  const Taken* const oldest = taken_.at_or_before(holds_);
  const std::uint64_t held = totals_.absorbed - (oldest == nullptr ? 0 : oldest->absorbed);
  context_.ledger.absorbed -= held;
  context_.ledger.lose(static_cast<std::int64_t>(held), origin_of(holds_));
}

void Node::lose(batch::Batch& batch) noexcept {
  context_.ledger.lose(batch.rows, batch.origin);
  batch.rows = 0;
}

// A rejected row is on file when its batch has left the node. A file that cannot be written fails the node, once, and
// the batch is not acknowledged.
bool Node::flush_rejects(std::uint64_t origin) {
  if (rejects_ == nullptr) return true;
  auto fault = rejects_->flush();
  if (!fault) return true;
  rejects_.reset();
  context_.ledger.keep_from(origin);
  (void)fail(std::move(*fault));
  return false;
}

Answer Node::fail_call(penstock_status status) {
  failed_row_ = 0;
  if (out_of_memory_) return fail_without_memory();
  const Call call{plan_, method_, sequence_};
  const auto said = host_.take_failure();
  if (!broken_.empty()) return fail(broke_contract(call, broken_));
  diagnostic::Diagnostic fault = failed(call, status, said, attempts_);
  if (context_.keys().is_full()) note_full_keys(fault, context_.keys().size());
  return fail(std::move(fault));
}

// The batch of the row is not acknowledged, so that the row comes again when it is mended.
Answer Node::fail_on(const BadRow& row, std::uint64_t origin) {
  context_.ledger.keep_from(origin);
  diagnostic::Diagnostic fault =
      bad_row({plan_, method_, sequence_}, row.row, row.column, row.place, row.reason, row.raw);
  if (row.is_null) advise_on_nulls(fault, row.column);
  return fail(std::move(fault));
}

Answer Node::fail_without_memory() {
  failed_row_ = 0;
  return fail(no_memory({plan_, method_, sequence_}));
}

Answer Node::fail(diagnostic::Diagnostic diagnostic) {
  context_.found.add(std::move(diagnostic));
  host_.record_own(HostMetric::error_count, errors_, errors_ + 1);
  ++errors_;
  state_ = State::failed;
  return Answer::failed;
}

void Node::count_call(std::uint64_t rows) noexcept {
  host_.record_own(HostMetric::records_processed, records_, records_ + rows);
  records_ += rows;
  ++calls_;
  totals_.latency.add(call_ns_);
  verb_ns_ += call_ns_;
  const double mean = static_cast<double>(verb_ns_) / static_cast<double>(calls_) / 1e6;
  host_.record_own(HostMetric::mean_latency_ms, std::bit_cast<std::uint64_t>(mean_latency_ms_),
                   std::bit_cast<std::uint64_t>(mean));
  mean_latency_ms_ = mean;
}

void Node::count_dropped(std::uint64_t filtered, std::uint64_t rejected) noexcept {
  if (filtered > 0) host_.record_own(HostMetric::records_filtered, totals_.filtered, totals_.filtered + filtered);
  if (rejected > 0) host_.record_own(HostMetric::records_rejected, totals_.rejected, totals_.rejected + rejected);
  totals_.filtered += filtered;
  totals_.rejected += rejected;
  context_.ledger.filtered += filtered;
  context_.ledger.rejected += rejected;
}

}  // namespace penstock::execution
