#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "batch/bits.hpp"
#include "execution/node.hpp"

// What a plugin may ask for while a call into it is going on, and how an emitted batch goes on.
namespace penstock::execution {
namespace {

namespace bits = batch::bits;

constexpr std::int64_t largest_allocation = std::int64_t{1} << 20;  // rows
constexpr std::size_t longest_raw = std::size_t{64} << 10;          // bytes of a raw row that are kept

std::string_view view(const char* text) noexcept { return text == nullptr ? std::string_view() : text; }

// The bytes of a row that are kept: not cut within a character.
std::string_view kept_raw(const penstock_rejection& rejection) noexcept {
  if (rejection.raw == nullptr) return {};
  const std::string_view all(static_cast<const char*>(rejection.raw), rejection.raw_size);
  if (all.size() <= longest_raw) return all;
  std::size_t size = longest_raw;
  while (size > longest_raw - 3 && (static_cast<unsigned char>(all[size]) & 0xC0) == 0x80) --size;
  return all.substr(0, size);
}

}  // namespace

void Node::begin_attempt() noexcept {
  if (rejected_rows_ > 0) std::ranges::fill(rejected_, 0);
  if (rejects_ != nullptr) rejects_->take_back();
  host_.clear_failure();
  rejected_rows_ = 0;
  bad_row_.reset();
  answered_stop_ = false;
  out_of_memory_ = false;
  broken_.clear();
  spent_downstream_ = 0;
}

void Node::take_back_lent() noexcept {
  for (auto& frame : lent_) {
    frame->clear();
    idle_.push_back(std::move(frame));
  }
  lent_.clear();
}

penstock_status Node::reject(const penstock_rejection& rejection) noexcept try {
  const auto refuse = [&](const char* what) {
    broken_ = what;
    answered_stop_ = true;
    return PENSTOCK_STOP;
  };
  if (rejection.size < sizeof(penstock_rejection)) return refuse("passed a rejection without its size");
  if (input_ == nullptr) {
    if (method_ != "stream" || rejection.row != -1) return refuse("rejected a row of no batch");
  } else {
    if (rejection.row < 0 || rejection.row >= input_->rows)
      return refuse("rejected a row that its batch does not have");
    if (bits::test(rejected_.data(), rejection.row)) return answered_stop_ ? PENSTOCK_STOP : PENSTOCK_OK;
    bits::set(rejected_.data(), rejection.row);
  }
  ++rejected_rows_;

  const auto& columns = plan_.type.type->manifest.columns;
  const auto at = static_cast<std::size_t>(rejection.column);
  std::string_view column = rejection.column >= 0 && at < columns.size() ? std::string_view(columns[at].name) : "";
  if (rejection.column >= 0 && at < plan_.bindings.size() && !emits_) {
    const pipeline::Binding& binding = plan_.bindings[at];
    column = (binding.access == plugin::Access::add ? plan_.out : plan_.in)[binding.column].name;
  }
  const std::string_view raw = kept_raw(rejection);
  const std::string reason = host_.without_secrets(view(rejection.reason));
  if (plan_.on_bad_row == pipeline::OnBadRow::reject) {
    if (rejects_ != nullptr)
      rejects_->write({plan_.name, view(rejection.place), column, reason, raw, rejection.raw_size,
                       is_source_ ? nullptr : input_, rejection.row},
                      context_.keys());
    return answered_stop_ ? PENSTOCK_STOP : PENSTOCK_OK;
  }
  if (!bad_row_ || rejection.row < bad_row_->row)
    bad_row_ = BadRow{rejection.row, std::string(column), std::string(view(rejection.place)), reason, std::string(raw)};
  answered_stop_ = true;
  return PENSTOCK_STOP;
} catch (const std::bad_alloc&) {
  out_of_memory_ = true;
  answered_stop_ = true;
  return PENSTOCK_STOP;
}

penstock_batch* Node::allocate(std::int64_t rows) noexcept try {
  if (!emits_) {
    broken_ = "asked for a batch to emit though its manifest does not say `rows:any`";
    return nullptr;
  }
  if (method_ != "process" && method_ != "tick" && method_ != "flush") {
    broken_ = "asked for a batch to emit, as only process, tick and flush may,";
    return nullptr;
  }
  if (rows > largest_allocation) return nullptr;
  if (idle_.empty()) idle_.push_back(std::make_unique<OutputFrame>(plan_));
  idle_.reserve(idle_.size() + lent_.size() + 1);  // so that giving back cannot fail
  lent_.push_back(std::move(idle_.back()));
  idle_.pop_back();
  penstock_batch& empty = lent_.back()->prepare(std::max(rows, context_.options.batch_rows), context_.pool());
  empty.sequence = sequence_;
  empty.holds = holds_;
  return &empty;
} catch (const std::bad_alloc&) {
  return nullptr;
}

penstock_status Node::emit(penstock_batch* batch) noexcept {
  const auto found = std::ranges::find_if(lent_, [&](const auto& frame) { return &frame->abi() == batch; });
  if (found == lent_.end()) {
    broken_ = "emitted a batch that it was not lent";
    return PENSTOCK_STOP;
  }
  std::unique_ptr<OutputFrame> frame = std::move(*found);
  lent_.erase(found);
  bool wanted = false;
  try {
    wanted = pass_on(*frame);
  } catch (const std::exception& error) {
    broken_ = std::string("emitted a batch that could not be passed on: ") + error.what();
  }
  frame->clear();
  idle_.push_back(std::move(frame));
  if (!wanted) answered_stop_ = true;
  return wanted ? PENSTOCK_OK : PENSTOCK_STOP;
}

bool Node::pass_on(OutputFrame& frame) {
  const std::uint64_t holds = frame.abi().holds;
  if (holds > sequence_) {
    broken_ =
        "says that it holds batch " + std::to_string(holds) + ", and the last one was " + std::to_string(sequence_);
    return false;
  }
  std::string fault;
  const auto taken = frame.take(context_.keys(), context_.pool(), fault);
  if (!taken) {
    broken_ = std::move(fault);
    return false;
  }
  batch::Batch& batch = **taken;
  // What is emitted may stem from anything that was held until now.
  batch.origin = origin_of(holds_ == 0 ? sequence_ : holds_);
  holds_ = holds;
  taken_.forget_before(holds_ == 0 ? sequence_ : holds_);

  const auto rows = static_cast<std::uint64_t>(batch.rows);
  totals_.emitted += rows;
  totals_.out += rows;
  context_.ledger.emitted += rows;
  batch.ingest_ns = input_ != nullptr ? input_->ingest_ns : steady_ns();
  const std::int64_t start = clock_.now();
  const bool wanted = downstream_.push(index_ + 1, batch);
  spent_downstream_ += clock_.now() - start;
  return wanted && context_.stop.level() < 2;
}

}  // namespace penstock::execution
