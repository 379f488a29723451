// A batch of records: what a stage works on and a sink takes.
#pragma once
#include <penstock/host.hpp>
#include <penstock/record.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace penstock {
inline namespace v1 {

/// A text that was made while the plugin runs; mostly there is none, and then it costs a test.
class MadeText {
 public:
  constexpr MadeText() = default;
  explicit MadeText(std::string_view text) : text_(new std::string(text)) {}
  constexpr MadeText(const MadeText& other) : text_(other.text_ ? new std::string(*other.text_) : nullptr) {}
  constexpr MadeText(MadeText&& other) noexcept : text_(std::exchange(other.text_, nullptr)) {}
  constexpr MadeText& operator=(MadeText other) noexcept {
    std::swap(text_, other.text_);
    return *this;
  }
  constexpr ~MadeText() { delete text_; }

  /// nullptr: there is none.
  constexpr const char* c_str() const { return text_ ? text_->c_str() : nullptr; }

 private:
  std::string* text_ = nullptr;
};

/// What becomes of one row, for `Verdict process(Record&)`.
class Verdict {
 public:
  static constexpr Verdict kept() { return {true, nullptr, -1}; }
  static constexpr Verdict dropped() { return {false, nullptr, -1}; }
  /// `literal` outlives the verdict.
  static constexpr Verdict rejected(const char* literal, int column) { return {false, literal, column}; }
  static Verdict rejected(std::string_view reason, int column) {
    Verdict verdict(false, nullptr, column);
    verdict.made_ = MadeText(reason);
    return verdict;
  }

  constexpr bool is_kept() const { return kept_; }
  /// nullptr unless the row is rejected. The host copies it.
  constexpr const char* reason() const { return literal_ ? literal_ : made_.c_str(); }
  constexpr int column() const { return column_; }

 private:
  constexpr Verdict(bool is_kept, const char* literal, int column)
      : kept_(is_kept), column_(column), literal_(literal) {}

  bool kept_;
  int column_;
  const char* literal_;
  MadeText made_;
};

inline constexpr Verdict keep = Verdict::kept();
inline constexpr Verdict drop = Verdict::dropped();

/// Rejects the row: it goes to the rejects file or ends the run, as the operator has decided. Naming the member at fault
/// (`&Record::value`) names its column. A literal costs nothing; any other text is copied.
template <std::size_t N>
constexpr Verdict reject(const char (&literal)[N]) {
  return Verdict::rejected(+literal, -1);
}
template <std::size_t N, class R, class M>
constexpr Verdict reject(const char (&literal)[N], M R::*member) {
  return Verdict::rejected(+literal, field_index(member));
}
inline Verdict reject(std::string_view reason) { return Verdict::rejected(reason, -1); }
template <class R, class M>
Verdict reject(std::string_view reason, M R::*member) {
  return Verdict::rejected(reason, field_index(member));
}
template <std::size_t N, class... Member>
Verdict reject(char (&text)[N], Member... member) {
  return reject(std::string_view(text), member...);
}

/// What a stage or sink answers that may want no more: then the run ends quietly.
enum class Flow : penstock_status { more = PENSTOCK_OK, enough = PENSTOCK_END };
inline constexpr Flow more = Flow::more;
inline constexpr Flow enough = Flow::enough;

/// What every batch has, whatever its columns. Rows keep their numbers until the call returns.
class BatchBase {
 public:
  BatchBase(penstock_batch& batch, Host& host) : batch_(&batch), host_(&host) {}

  std::size_t rows() const { return static_cast<std::size_t>(batch_->rows); }
  bool empty() const { return batch_->rows == 0; }
  /// Number of this batch on this input, rising by one.
  std::uint64_t sequence() const { return batch_->sequence; }

  void drop(std::size_t row) { set_bit(batch_->keep, row, false); }

  void begin() const = delete;  // go through the rows with `each()`, or through a column: `batch[&Record::member]`
  void end() const = delete;

  /// Rejects one row. False: the operator's policy ends the run here, return soon.
  bool reject(std::size_t row, TextRef reason, int column = -1) const {
    const penstock_rejection rejection{sizeof rejection, column, static_cast<std::int64_t>(row), reason, nullptr,
                                       nullptr,          0};
    return host_->raw().reject(&host_->raw(), &rejection) != PENSTOCK_STOP;
  }

 protected:
  // Keeps, of the `count` rows from `base` on, those whose bit is set. Gives the number that this call has dropped.
  std::uint64_t keep_if(std::uint64_t word, std::size_t base, std::size_t count) {
    if (count < 64) word |= ~std::uint64_t{0} << count;
    const std::uint64_t before = batch_->keep[base / 64];
    batch_->keep[base / 64] = before & word;
    return static_cast<std::uint64_t>(penstock_popcount(before & ~word));
  }

  // f(base, constant 64) for all full chunks, so that its loops have a known length, then f(base, rest). On x86-64 twice,
  // and the processor chooses: with AVX2 the loops of a filter take half the time. It has no fused multiplication, so that
  // both give the same bits.
  template <class F>
  void for_each_chunk(F f) const {
#ifdef __x86_64__
    static const bool has_avx2 = __builtin_cpu_supports("avx2");
    if (has_avx2) return chunks_avx2(f);
#endif
    chunks(f);
  }

  penstock_batch* batch_;
  Host* host_;

 private:
  template <class F>
  [[gnu::always_inline]] void chunks(F& f) const {
    const std::size_t n = rows();
    std::size_t base = 0;
    for (; base + 64 <= n; base += 64) f(base, std::integral_constant<std::size_t, 64>{});
    if (base < n) f(base, n - base);
  }
#ifdef __x86_64__
  // What it calls is inlined as a whole, the author's function included: only there it can use other instructions.
  template <class F>
  [[gnu::target("avx2"), gnu::flatten]] void chunks_avx2(F& f) const {
    chunks(f);
  }
#endif
};

// Whether f, which gives Result, takes the record by value: as a function, or by its `operator()`, of which a generic
// one is asked for this form. `auto r` has it, and neither `auto& r` nor `auto&& r`.
template <class F, class Record, class Result>
concept copies_row = requires(F& f) {
  static_cast<Result (*)(Record)>(f);
}
|| requires { static_cast<Result (F::*)(Record)>(&F::operator()); }
|| requires { static_cast<Result (F::*)(Record) const>(&F::operator()); };

// A function in which something does not compile takes nothing: it is called with a row, so that no other error follows.
template <class F, class Record>
concept takes_row = std::is_invocable_v<F&, const Record&> || !std::is_invocable_v<F&, std::size_t>;

struct AnyRecord;

/// A batch whose columns are the fields of Record.
template <class Record = AnyRecord>
class Batch : public BatchBase {
  static constexpr auto indices = std::make_index_sequence<fields<Record>::size>{};

 public:
  /// For the SDK. `columns` are those of Record, in its order.
  Batch(penstock_batch& batch, Host& host) : BatchBase(batch, host) {}

  /// A raw column, such as `batch[&Reading::value]`.
  template <class M>
  Column<M> operator[](M Record::*member) const {
    return Column<M>(batch_->column[field_index(member)], rows());
  }

  /// What a key of this column stands for: `batch.text(&Reading::sensor_id, r.sensor_id)`. Empty for no key, and in a
  /// column that is new. Valid until the call returns.
  template <class M>
  requires std::is_same_v<plain_t<M>, Key> std::string_view text(M Record::*member, Key key)
  const { return arrow_key_text(batch_->column[field_index(member)].arrow, key); }

  /// One row of a record that only reads: what is stored in a copy would be lost.
  Record load(std::size_t row) const {
    static_assert(
        only_reads(indices),
        "`load` gives a copy of the row, and what is stored in it is lost: of a record with PENSTOCK_WRITES or "
        "PENSTOCK_ADDS, go through the rows with `each([&](Record& r) { ... })`, or through a column, "
        "`batch[&Record::member][row]`");
    return load_record<Record>(batch_->column, row, indices);
  }

  /// Drops every row for which f is false. Gives their number. f takes `const Record&` or the row's number.
  template <class F>
  std::uint64_t drop_unless(F&& f) {
    std::uint64_t dropped = 0;
    if constexpr (takes_row<F, Record>) {
      for_each_record_chunk([&](std::size_t base, auto count, auto& chunk) {
        RowMask kept;
        for (std::size_t i = 0; i < count; ++i) {
          const Record r = chunk.get(i);
          kept.set(i, f(r));
        }
        dropped += keep_if(kept.word(count), base, count);
      });
    } else {
      for_each_chunk([&](std::size_t base, auto count) {
        RowMask kept;
        for (std::size_t i = 0; i < count; ++i) kept.set(i, f(base + i));
        dropped += keep_if(kept.word(count), base, count);
      });
    }
    return dropped;
  }

  /// For how many rows f(const Record&) is true.
  template <class F>
  std::uint64_t count_if(F&& f) const {
    std::uint64_t found = 0;
    for_each_record_chunk([&](std::size_t, auto count, auto& chunk) {
      RowMask mask;
      for (std::size_t i = 0; i < count; ++i) {
        const Record r = chunk.get(i);
        mask.set(i, f(r));
      }
      found += static_cast<std::uint64_t>(penstock_popcount(mask.word(count)));
    });
    return found;
  }

  /// Calls f(Record&) for every row; what it stored goes to the columns. It gives void, bool (false: drop) or Verdict.
  template <class F>
  void each(F&& f) {
    using Result = std::invoke_result_t<F&, Record&>;
    static_assert(only_reads(indices) || !copies_row<std::remove_cvref_t<F>, Record, Result>,
                  "the function that `each` calls takes a copy of the row, and what it stores is lost: write "
                  "`[&](Record& r)`, or `[&](const Record& r)` if it only reads");
    for_each_record_chunk([&](std::size_t base, auto count, auto& chunk) {
      RowBytes kept;
      for (std::size_t i = 0; i < count; ++i) {
        Record r = chunk.get(i);
        if constexpr (std::is_void_v<Result>) {
          f(r);
        } else if constexpr (std::is_same_v<Result, Verdict>) {
          const Verdict verdict = f(r);
          // A rejected row stays among the kept: the host takes it out, and counts it once.
          kept.set(i, verdict.is_kept() || verdict.reason());
          if (verdict.reason()) [[unlikely]]
            reject(base + i, verdict.reason(), verdict.column());
        } else {
          kept.set(i, f(r));
        }
        chunk.put(i, r);
      }
      chunk.store(batch_->column, base, count);
      if constexpr (!std::is_void_v<Result>) keep_if(kept.word(count), base, count);
    });
  }

  /// The same where rows are only read, as in a sink: f takes `const Record&` or a copy, and gives nothing.
  template <class F>
  void each(F&& f) const {
    // Of a record that has nothing to write, `Record&` is as good.
    using Row = std::conditional_t<only_reads(indices), Record, const Record>;
    static_assert(std::is_invocable_v<F&, Row&>,
                  "`each` of a `const penstock::Batch` only reads: what it calls takes `const Record&`");
    if constexpr (std::is_invocable_v<F&, Row&>) {
      static_assert(std::is_void_v<std::invoke_result_t<F&, Row&>>,
                    "`each` of a `const penstock::Batch` drops no row: what it calls returns nothing");
      for_each_record_chunk([&](std::size_t, auto count, auto& chunk) {
        for (std::size_t i = 0; i < count; ++i) {
          Row r = chunk.get(i);
          f(r);
        }
      });
    }
  }

 private:
  template <std::size_t... I>
  static consteval bool only_reads(std::index_sequence<I...>) {
    return ((field<Record, I>::kind == 'r') && ...);
  }

  // f(base, count, chunk) for each chunk, whose records are loaded. Batches without nulls have code of their own.
  template <class F>
  void for_each_record_chunk(F f) const {
    if constexpr (may_have_nulls)
      if (has_nulls(indices)) return for_each_chunk_of<true>(f);
    for_each_chunk_of<false>(f);
  }
  template <bool HasNulls, class F>
  void for_each_chunk_of(F& f) const {
    for_each_chunk([&](std::size_t base, auto count) {
      RecordChunk<Record, HasNulls> chunk;
      chunk.load(batch_->column, base);
      f(base, count, chunk);
    });
  }

  template <class Tag>
  static constexpr bool brings_nulls = Tag::kind != 'a' && is_nullable<std::remove_const_t<typename Tag::value_type>>;
  template <std::size_t... I>
  static consteval bool has_nullable(std::index_sequence<I...>) {
    return (brings_nulls<field<Record, I>> || ...);
  }
  static constexpr bool may_have_nulls = has_nullable(indices);
  template <std::size_t... I>
  bool has_nulls(std::index_sequence<I...>) const {
    return ((brings_nulls<field<Record, I>> && batch_->column[I].valid) || ...);
  }
};

}  // namespace v1
}  // namespace penstock
