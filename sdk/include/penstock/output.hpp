// What a source fills, and what a stage emits that passes on rows of its own.
#pragma once
#include <penstock/batch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock {
inline namespace v1 {

/// In a source: the batch at hand; push until full(), then `co_yield out`. In a stage: full batches go out by themselves,
/// the rest when the method returns.
template <class Record>
class Output {
  static constexpr auto indices = std::make_index_sequence<fields<Record>::size>{};

 public:
  /// For the SDK.
  explicit Output(Host& host, bool emits = false) : host_(&host), emits_(emits) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void push(const Record& record) {
    if (!batch_ || batch_->rows == batch_->capacity) [[unlikely]]
      if (!make_room()) return;
    store_record(batch_->column, static_cast<std::size_t>(batch_->rows), record, indices);
    ++batch_->rows;
  }

  /// For sources that fill columns themselves, such as `out[&Reading::value]`: capacity() rows of each, then rows(n).
  template <class M>
  Column<M> operator[](M Record::*member) {
    if (!batch_ && !make_room()) return Column<M>(penstock_column{}, 0);
    return Column<M>(batch_->column[field_index(member)], capacity());
  }
  std::size_t capacity() const { return batch_ ? static_cast<std::size_t>(batch_->capacity) : 0; }
  std::size_t rows() const { return batch_ ? static_cast<std::size_t>(batch_->rows) : 0; }
  void rows(std::size_t count) {
    if (count > capacity()) return raise(host_, Failed("more rows than a batch holds"));
    if (batch_) batch_->rows = static_cast<std::int64_t>(count);
  }
  bool full() const { return batch_ && batch_->rows == batch_->capacity; }

  /// The run is stopping: hand out the rest and end.
  bool stopping() const { return stopped_ || (batch_ && batch_->stopping); }

  /// In a source: where `seek` is to go on after this batch. At most 64 KiB.
  Output& position(std::string_view text) {
    if (text.size() > max_position || text.find('\0') != text.npos) {
      raise(host_, Failed("a position is text of at most 64 KiB without NUL"));
    } else {
      position_ = text;
      if (batch_) batch_->position = position_.c_str();
    }
    return *this;
  }

  /// In a source: call again when woken, when the descriptor is readable, or after this time.
  Output& wait(Duration time, std::intptr_t handle = -1) {
    if (batch_) {
      batch_->wait_ns = time.count();
      batch_->wait_handle = handle;
    }
    return *this;
  }

  /// In a stage: input batches before this sequence are not held any more and may be acknowledged. 0: nothing is held.
  Output& holds(std::uint64_t sequence) {
    holds_ = sequence;
    return *this;
  }

  /// In a source: input that never became a row. False: the operator's policy ends the run here; stopping() is true then.
  bool reject(std::string_view raw, TextRef place, TextRef reason) {
    const penstock_rejection rejection{sizeof rejection, -1, -1, reason, place, raw.data(), raw.size()};
    return note(host_->raw().reject(&host_->raw(), &rejection));
  }

  /// For the SDK: the batch of this call of `stream`.
  void attach(penstock_batch& batch) {
    batch_ = &batch;
    batch_->rows = 0;
    stopped_ = false;
  }
  /// For the SDK: these rows are the last ones, and not all that their position stands for.
  void forget_what_follows() {
    batch_->position = nullptr;
    batch_->wait_ns = 0;
    batch_->wait_handle = -1;
  }
  /// For the SDK: hands out what is left when a stage's method returns.
  void finish() {
    if (!batch_ && holds_) make_room();
    if (batch_) send();
  }

 private:
  static constexpr std::size_t max_position = 64 * 1024;

  [[gnu::cold, gnu::noinline]] bool make_room() {
    if (!emits_) {
      raise(host_, Failed("a row was pushed into a full batch: `co_yield out` when `out.full()`"));
      return false;
    }
    if (batch_) send();
    batch_ = host_->raw().allocate(&host_->raw(), 0);
    if (!batch_) raise(host_, Failed("no memory for a batch"));
    return batch_;
  }

  void send() {
    if (holds_) batch_->holds = *holds_;
    penstock_batch* const full = batch_;
    batch_ = nullptr;
    note(host_->raw().emit(&host_->raw(), full));
  }

  bool note(penstock_status status) {
    if (status == PENSTOCK_STOP)
      stopped_ = true;
    else if (status != PENSTOCK_OK)
      pass_on(*host_, status);
    return status == PENSTOCK_OK;
  }

  penstock_batch* batch_ = nullptr;
  Host* host_;
  bool emits_;
  bool stopped_ = false;
  std::optional<std::uint64_t> holds_;
  std::string position_;
};

}  // namespace v1
}  // namespace penstock
