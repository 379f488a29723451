// A source, a stage or a sink in a test, without a host and without loading: literal rows in, rows out. Needs no test
// framework, and works with any.
//
//     penstock::testing::Stage<ThresholdFilter> filter({{"max", 150.0}});
//     const auto rows = filter.process({{{"value", 21.5}}, {{"value", 480.0}}});
//     assert((rows == penstock::testing::Rows{{{"value", 21.5}}}));
//     assert(filter.metric("dropped") == 1);
//
// Nothing is thrown here: what goes wrong, be it the class that fails or the test that gives a row without a column, is in
// failures(), and the call then gives no rows. The class is called through the same functions as by the host, but one host
// that audits nothing: assignments of metrics are only kept for the test to read. A class that takes every column that
// comes is bound to those of its first rows. Not for several threads.
#pragma once
#include <penstock/sdk.hpp>
#include <penstock/testing/cell.hpp>
#include <penstock/testing/recorder.hpp>
#include <penstock/testing/values.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock {
inline namespace v1 {
namespace testing {

/// A change of a metric, or with accepted false an assignment that broke its invariant.
struct Change {
  std::string metric;
  Cell before, after;
  bool accepted = true;
  friend bool operator==(const Change&, const Change&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Change& c) {
    return out << c.metric << ": " << c.before << " -> " << c.after << (c.accepted ? "" : " (rejected)");
  }
};

/// What sources, stages and sinks have.
template <class C, Interface I>
class Node {
 public:
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  ~Node() {
    close();
    if (self_) Methods::destroy(self_);
  }

  /// Gives all parameters anew: those that are named here, the others with their defaults. False: refused, see failures().
  bool configure(const Settings& settings) {
    const Values<C> values(settings);
    if (!values.fault().empty()) return fail(values.faulty(), values.fault());
    if constexpr (HasMethod<C, I>::configure)
      return call([&] { return Methods::configure(self_, values.data()); });
    else
      return self_ != nullptr;
  }

  /// Before the first rows it is opened by itself.
  bool open() {
    if (is_open_) return true;
    if constexpr (HasMethod<C, I>::open)
      is_open_ = call([&] { return Methods::open(self_); });
    else
      is_open_ = self_ != nullptr;
    return is_open_;
  }
  /// When the test is over it is closed by itself.
  bool close() {
    if (!std::exchange(is_open_, false)) return true;
    if constexpr (HasMethod<C, I>::close)
      return call([&] { return Methods::close(self_); });
    else
      return true;
  }

  /// The value of a metric; null if there is none of this name, which is a failure of the test.
  Cell metric(std::string_view name) const {
    Cell found;
    if (!self_) return found;
    const C& object = static_cast<const Instance<C, I>*>(self_)->object;
    for_each(metrics<C>{}, [&]<class Tag>(Tag) {
      if (Tag::description().name == name) found = Cell(*Tag::of(object));
    });
    if (found.is_null())
      recorder_->fail(PENSTOCK_REFUSED, -1, "there is no metric `" + std::string(name) + "`" + known<metrics<C>>());
    return found;
  }
  /// Every assignment of a metric until now, in order.
  std::vector<Change> changes() const {
    std::vector<Change> all;
    for (const Assignment& one : recorder_->assignments)
      for_each(metrics<C>{}, [&]<class Tag>(Tag) {
        using T = typename Tag::value_type;
        if (static_cast<std::uint32_t>(Tag::order) == one.metric)
          all.push_back(
              {std::string(Tag::description().name), value<T>(one.before), value<T>(one.after), one.accepted});
      });
    return all;
  }

  /// Every error until now; empty: all is well.
  const std::vector<Failure>& failures() const { return recorder_->failures; }
  const std::vector<Rejection>& rejections() const { return recorder_->rejections; }
  /// The lines that it wrote to the log.
  const std::vector<std::string>& log() const { return recorder_->lines; }
  /// The earliest time that it asked to be woken after, since the last call of tick or stream.
  std::optional<Duration> alarm() const { return recorder_->alarm; }
  /// From now on what is rejected or emitted is answered with: stop.
  void stop() { recorder_->stops = true; }
  /// A stage or sink has said that it wants no more, a source that it has no more.
  bool has_ended() const { return ended_; }

 protected:
  using Methods = Thunks<C, I>;
  using F = form_of<C, I>;

  explicit Node(const Settings& settings) {
    static_assert(conforms_to<C, I>(), "the class does not conform to the interface [PS0201]");
    recorder_->emitted_columns = columns_of<typename F::Out>();
    self_ = Methods::create(&recorder_->host());
    if (self_) configure(settings);
  }

  // True: it went well. A call after one that failed is made all the same, as a host may.
  template <class Method>
  bool call(Method method) {
    if (!self_) return false;
    const penstock_status status = method();
    if (status == PENSTOCK_END) ended_ = true;
    recorder_->end_call();
    return status >= PENSTOCK_OK;
  }

  bool fail(std::int64_t where, std::string text) {
    recorder_->fail(PENSTOCK_REFUSED, where, std::move(text));
    return false;
  }

  template <class R>
  static std::vector<ColumnSpec> columns_of() {
    std::vector<ColumnSpec> specs;
    if constexpr (!std::is_void_v<R> && !std::is_same_v<R, AnyRecord>)
      for_each(fields<R>{}, [&]<class Tag>(Tag) {
        const Description d = Tag::description();
        specs.push_back({std::string(d.name),
                         Tag::kind == 'r'   ? ColumnSpec::Access::read
                         : Tag::kind == 'w' ? ColumnSpec::Access::write
                                            : ColumnSpec::Access::add,
                         std::string(d.type), d.nullable});
      });
    return specs;
  }

  // Shows it the columns that come, and learns those that it adds.
  bool bind(const std::vector<ColumnSpec>& in) {
    if constexpr (HasMethod<C, I>::bind) {
      ArrowSchema shown{}, out{}, dictionary{};
      dictionary.format = "u";
      std::vector<ArrowSchema> children(in.size());
      std::vector<ArrowSchema*> pointers;
      for (std::size_t i = 0; i < in.size(); ++i) {
        children[i].name = in[i].name.c_str();
        children[i].format = arrow_format(in[i].type);
        children[i].flags = in[i].nullable ? ARROW_FLAG_NULLABLE : 0;
        if (in[i].type == "key") children[i].dictionary = &dictionary;
        pointers.push_back(&children[i]);
      }
      shown.format = "+s";
      shown.n_children = static_cast<std::int64_t>(pointers.size());
      shown.children = pointers.data();
      const bool bound = call([&] { return Methods::bind(self_, I == Interface::source ? nullptr : &shown, &out); });
      if (out.release) {
        learn(out);
        out.release(&out);
      }
      return bound;
    }
    return self_ != nullptr;
  }

  // The rows as they come out again; nothing: they could not be given.
  template <class Method>
  std::optional<Rows> give(const Rows& rows, Method method) {
    if (!is_bound_) {
      in_ = is_dynamic<F> ? columns_in(rows) : columns_of<typename F::In>();
      is_bound_ = bind(in_);
      if (!is_bound_) return std::nullopt;
    }
    std::vector<ColumnSpec> specs = in_;
    if constexpr (F::takes != Takes::batch_and_output)
      if (is_dynamic<F>) specs.insert(specs.end(), added_.begin(), added_.end());
    if (!open()) return std::nullopt;
    BatchMemory memory(specs, rows.size(), recorder_->keys);
    std::string fault = memory.fill(rows);
    if (fault.empty() && is_dynamic<F>) fault = unbound(rows);
    if (!fault.empty()) {
      // What it learned in bind would not hold for other columns, and a host has none: it binds once.
      if (is_dynamic<F>) fault += "; the columns are those of the first rows, to which the class was bound";
      fail(-1, std::move(fault));
      return std::nullopt;
    }
    memory.raw().sequence = ++sequence_;
    recorder_->batch = &memory;
    if (!call([&] { return method(memory.raw()); })) return std::nullopt;
    Rows kept;
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (memory.is_kept(row)) kept.push_back(memory.row(row, rows[row]));
    return kept;
  }

  bool flush() {
    if constexpr (HasMethod<C, I>::flush)
      return open() && call([&] { return Methods::flush(self_); });
    else
      return open();
  }
  bool tick() {
    recorder_->alarm.reset();
    if constexpr (HasMethod<C, I>::tick)
      return open() && call([&] { return Methods::tick(self_, 0); });
    else
      return open();
  }

  void* self_ = nullptr;
  bool is_open_ = false, is_bound_ = false, ended_ = false;
  std::uint64_t sequence_ = 0;
  std::vector<ColumnSpec> in_, added_;  // as it was bound to them, and what it added then
  std::unique_ptr<Recorder> recorder_ = std::make_unique<Recorder>();

 private:
  // The fault of rows with a column that was not there when the class was bound; empty: there is none.
  std::string unbound(const Rows& rows) const {
    for (std::size_t row = 0; row < rows.size(); ++row)
      for (const Field& field : rows[row].fields())
        if (std::none_of(in_.begin(), in_.end(), [&](const ColumnSpec& one) { return one.name == field.name; }))
          return "row " + std::to_string(row) + " has a column `" + field.name + "` too many";
    return {};
  }

  // Every column of the first row, with the type of its first value that is not null. It may be null if one of its cells
  // says so.
  static std::vector<ColumnSpec> columns_in(const Rows& rows) {
    std::vector<ColumnSpec> specs;
    if (rows.empty()) return specs;
    for (const Field& field : rows[0].fields()) {
      const Cell* first = &field.value;
      bool may_be_null = false;
      for (const Row& row : rows)
        if (const Cell* const cell = row.find(field.name)) {
          if (first->is_null()) first = cell;
          may_be_null = may_be_null || cell->may_be_null();
        }
      specs.push_back({field.name, ColumnSpec::Access::read, std::string(first->type()), may_be_null});
    }
    return specs;
  }

  void learn(const ArrowSchema& out) {
    added_.clear();
    const Schema schema(out);
    for (std::int64_t i = 0; i < out.n_children; ++i) {
      const AnyColumn& column = schema.columns()[static_cast<std::size_t>(i)];
      added_.push_back({column.name(), ColumnSpec::Access::add, std::string(column.type()),
                        (out.children[i]->flags & ARROW_FLAG_NULLABLE) != 0});
    }
    recorder_->emitted_columns = added_;
  }

  template <class T>
  static Cell value(std::uint64_t bits) {
    if constexpr (std::is_same_v<T, double>)
      return std::bit_cast<double>(bits);
    else if constexpr (std::is_same_v<T, bool>)
      return bits != 0;
    else
      return static_cast<T>(bits);
  }
};

/// A source, from its beginning or from where seek() says.
template <class C>
class Source : public Node<C, Interface::source> {
  using Base = Node<C, Interface::source>;
  using Base::recorder_, Base::self_;

 public:
  explicit Source(const Settings& settings = {}) : Base(settings) {}

  /// The rows of one call, at most `capacity` of them. They may be none: it waits, has ended, or has failed.
  Rows stream(std::size_t capacity = 64) {
    Rows rows;
    if (!this->is_bound_) this->is_bound_ = this->bind({});
    if (!this->is_bound_ || !this->open()) return rows;
    recorder_->alarm.reset();
    BatchMemory memory(recorder_->emitted_columns, capacity, recorder_->keys);
    memory.raw().stopping = recorder_->stops;
    const bool done = this->call([&] { return Base::Methods::stream(self_, &memory.raw()); });
    position_ = memory.raw().position ? std::optional<std::string>(memory.raw().position) : std::nullopt;
    wait_ = Duration(memory.raw().wait_ns);
    for (std::int64_t row = 0; done && row < memory.raw().rows; ++row)
      rows.push_back(memory.row(static_cast<std::size_t>(row)));
    return rows;
  }

  /// The rows of all calls until it ends, waits or fails, or until there are `most`.
  Rows all(std::size_t most = 10'000) {
    Rows rows;
    while (!this->has_ended() && rows.size() < most) {
      const Rows some = stream();
      rows.insert(rows.end(), some.begin(), some.end());
      if (some.empty()) break;
    }
    return rows;
  }

  /// Where to go on after the rows of the last stream().
  const std::optional<std::string>& position() const { return position_; }
  /// How long it said after the last stream() that it can wait.
  Duration wait() const { return wait_; }

  bool seek(const std::string& position) requires(HasMethod<C, Interface::source>::seek) {
    this->ended_ = false;
    return this->call([&] { return Base::Methods::seek(self_, position.c_str()); });
  }
  bool acknowledge(const std::string& position) requires(HasMethod<C, Interface::source>::acknowledge) {
    return this->call([&] { return Base::Methods::acknowledge(self_, position.c_str()); });
  }

 private:
  std::optional<std::string> position_;
  Duration wait_{};
};

/// A stage.
template <class C>
class Stage : public Node<C, Interface::stage> {
  using Base = Node<C, Interface::stage>;
  using Base::recorder_, Base::self_;
  static constexpr bool emits = Base::F::takes == Takes::batch_and_output;

 public:
  explicit Stage(const Settings& settings = {}) : Base(settings) {}

  /// Gives one batch. What goes on: of these rows those that are kept, with what was written and added; of a stage with an
  /// `Output`, what it emitted. Columns that the class does not declare pass.
  Rows process(const Rows& rows) {
    recorder_->emitted.clear();
    const std::optional<Rows> kept =
        this->give(rows, [&](penstock_batch& batch) { return Base::Methods::process(self_, &batch); });
    if (emits) return kept ? std::exchange(recorder_->emitted, {}) : Rows();
    return kept.value_or(Rows());
  }
  /// The end of the data: what it emits then.
  Rows flush() {
    return emitted_by([&] { return Base::flush(); });
  }
  /// Its alarm: what it emits then.
  Rows tick() {
    return emitted_by([&] { return Base::tick(); });
  }
  /// How many rows a batch of an `Output` has room for.
  void emitted_capacity(std::size_t rows) { recorder_->emitted_capacity = rows; }

 private:
  template <class Method>
  Rows emitted_by(Method method) {
    recorder_->emitted.clear();
    return method() ? std::exchange(recorder_->emitted, {}) : Rows();
  }
};

/// A sink.
template <class C>
class Sink : public Node<C, Interface::sink> {
  using Base = Node<C, Interface::sink>;

 public:
  explicit Sink(const Settings& settings = {}) : Base(settings) {}

  /// Gives one batch. False: it failed, see failures().
  bool consume(const Rows& rows) {
    return this->give(rows, [&](penstock_batch& batch) { return Base::Methods::consume(this->self_, &batch); })
        .has_value();
  }
  bool flush() { return Base::flush(); }
  bool tick() { return Base::tick(); }
};

}  // namespace testing
}  // namespace v1
}  // namespace penstock
