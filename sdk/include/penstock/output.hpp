// What a source fills, and what a stage emits that passes on rows of its own.
#pragma once
#include <penstock/bind.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {

/// What every output has, whatever its columns.
template <class Self>
class OutputBase {
 public:
  OutputBase(const OutputBase&) = delete;
  OutputBase& operator=(const OutputBase&) = delete;

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
  Self& position(std::string_view text) {
    if (text.size() > max_position || text.find('\0') != text.npos) {
      raise(host_, Failed("a position is text of at most 64 KiB without NUL"));
    } else {
      position_ = text;
      if (batch_) batch_->position = position_.c_str();
    }
    return static_cast<Self&>(*this);
  }

  /// In a source: call again when woken, when the descriptor is readable, or after this time.
  Self& wait(Duration time, std::intptr_t handle = -1) {
    if (batch_) {
      batch_->wait_ns = time.count();
      batch_->wait_handle = handle;
    }
    return static_cast<Self&>(*this);
  }

  /// In a stage: input batches before this sequence are not held any more and may be acknowledged. 0: nothing is held.
  Self& holds(std::uint64_t sequence) {
    holds_ = sequence;
    return static_cast<Self&>(*this);
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

 protected:
  explicit OutputBase(Host& host, bool emits) : host_(&host), emits_(emits) {}

  bool has_room() const { return batch_ && batch_->rows != batch_->capacity; }

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

  penstock_batch* batch_ = nullptr;
  Host* host_;

 private:
  static constexpr std::size_t max_position = 64 * 1024;

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

  bool emits_;
  bool stopped_ = false;
  std::optional<std::uint64_t> holds_;
  std::string position_;
};

/// In a source: the batch at hand; push until full(), then `co_yield out`. In a stage: full batches go out by themselves,
/// the rest when the method returns.
template <class Record = AnyRecord>
class Output : public OutputBase<Output<Record>> {
  using Base = OutputBase<Output<Record>>;
  using Base::batch_, Base::has_room, Base::make_room;
  static constexpr auto indices = std::make_index_sequence<fields<Record>::size>{};

 public:
  /// For the SDK.
  explicit Output(Host& host, bool emits = false) : Base(host, emits) {}

  using Base::capacity;

  void push(const Record& record) {
    if (!has_room()) [[unlikely]]
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
};

/// Rows whose columns `bind` said, by their places there. Either row by row: `set` what the row has, then `push`; or column
/// by column: capacity() rows of each column(), then rows(n).
template <>
class Output<AnyRecord> : public OutputBase<Output<AnyRecord>> {
 public:
  /// For the SDK.
  Output(Host& host, const NewColumns& columns, bool emits = false) : OutputBase(host, emits), columns_(&columns) {}

  const NewColumns& columns() const { return *columns_; }

  /// One value of the row that the next push() makes. T is the column's type, without Nullable. Throws Failed if it is
  /// another one, or the batch is full; without exceptions, the call fails when it returns.
  template <class T>
  void set(std::size_t column, T value) {
    if (columns_->holds<T>(column)) {
      if (ready(column)) put(Column<T>(batch_->column[column], capacity()), value);
    } else if (columns_->holds<Nullable<T>>(column)) {
      if (ready(column)) put(Column<Nullable<T>>(batch_->column[column], capacity()), Nullable<T>(value));
    } else {
      refuse(column, type_name<T>());
    }
  }
  /// Ends the row. What was not set is null, and in a column without nulls 0.
  void push() {
    if (!ready(columns_->size())) return;
    for (std::size_t column = 0; column < columns_->size(); ++column)
      if (!is_set_[column]) put_nothing(column);
    is_set_.assign(columns_->size(), false);
    ++batch_->rows;
  }

  /// The values of one column: capacity() rows, to be filled. T is its type, Nullable if it is.
  template <class T>
  Column<T> column(std::size_t index) {
    if (!columns_->holds<T>(index)) {
      refuse(index, type_name<T>());
    } else if (batch_ || make_room()) {
      return Column<T>(batch_->column[index], capacity());
    }
    return Column<T>(penstock_column{}, 0);
  }

 private:
  template <class T, class Value>
  void put(const Column<T>& column, const Value& value) {
    const std::size_t row = rows();
    if constexpr (requires { column.set(row, value); })
      column.set(row, value);
    else
      column[row] = value;
  }

  // There is a place for the next row, of which this column, if it is one, is now set.
  bool ready(std::size_t column) {
    if (!has_room() && !make_room()) return false;
    if (is_set_.size() != columns_->size()) is_set_.assign(columns_->size(), false);
    if (column < is_set_.size()) is_set_[column] = true;
    return true;
  }

  void put_nothing(std::size_t column) {
    const penstock_column& to = batch_->column[column];
    const std::size_t row = rows();
    const std::string_view type = columns_->type(column);
    if (columns_->is_nullable_at(column)) set_bit(to.valid, row, false);
    if (type == "bool")
      set_bit(static_cast<std::uint64_t*>(to.values), row, false);
    else if (const std::size_t width = width_of(type))
      std::memset(static_cast<char*>(to.values) + row * width, type == "key" ? 0xff : 0, width);
  }

  static constexpr std::size_t width_of(std::string_view type) {
    if (type == "i8" || type == "u8") return 1;
    if (type == "i16" || type == "u16") return 2;
    if (type == "i32" || type == "u32" || type == "f32" || type == "key") return 4;
    return 8;
  }

  [[gnu::cold]] void refuse(std::size_t column, std::string_view type) {
    raise(host_,
          Failed(column < columns_->size() ? "column `" + columns_->name(column) + "` is of type " +
                                                 std::string(columns_->type(column)) + ", not " + std::string(type)
                                           : "there is no column " + std::to_string(column) + ": `bind` added " +
                                                 std::to_string(columns_->size())));
  }

  const NewColumns* columns_;
  std::vector<bool> is_set_;
};

}  // namespace v1
}  // namespace penstock
