// A stage by derivation.
#pragma once
#include <penstock/derived.hpp>
#include <penstock/output.hpp>

namespace penstock {
inline namespace v1 {

/// Derive from one of these and override `process`, or leave it and only write the method: both export the same.
///
/// | base                                          | `process` to override                                               |
/// | --------------------------------------------- | ------------------------------------------------------------------- |
/// | `penstock::Stage<Record>`                     | `void process(penstock::Batch<Record>&)`                            |
/// | `penstock::Stage<In, Out>`                    | `void process(const penstock::Batch<In>&, penstock::Output<Out>&)`  |
/// | `penstock::Stage<>`                           | `void process(penstock::Batch<>&)`, with every column that comes    |
/// | `penstock::Stage<bool(Record&)>`, or any other | `bool process(Record&)`: the signature itself, as in std::function |
///
/// A `process` of single rows is called directly, without a look into a table, and inlined: make it public.
template <class Record = AnyRecord, class Out = void>
class Stage : public Stage<void(const Batch<Record>&, Output<Out>&)> {};

template <class Record>
class Stage<Record, void> : public Stage<void(Batch<Record>&)> {};

// Where columns are known at run time, `bind` is shown those that come and says those that are new.
template <bool IsDynamic>
class Bindable : public Derivable {};
template <>
class Bindable<true> : public Derivable {
 public:
  virtual void bind(const Schema&, NewColumns&) {}
};
template <class... Rows>
inline constexpr bool has_any_batch = false;
template <>
inline constexpr bool has_any_batch<Batch<>&> = true;
template <>
inline constexpr bool has_any_batch<const Batch<>&> = true;

template <class Result, class Rows>
class Stage<Result(Rows), void> : public Bindable<has_any_batch<Rows>> {
 public:
  using penstock_base = Stage;
  virtual Result process(Rows) = 0;
  /// The alarm of Host::wake.
  virtual void tick() {}
  /// The end of the data.
  virtual void flush() {}
};

template <class Result, class In, class Out>
class Stage<Result(const Batch<In>&, Output<Out>&), void>
    : public Bindable<std::is_same_v<In, AnyRecord> || std::is_same_v<Out, AnyRecord>> {
 public:
  using penstock_base = Stage;
  virtual Result process(const Batch<In>& in, Output<Out>& out) = 0;
  virtual void tick(Output<Out>&) {}
  /// The end of the data: emit all that is held.
  virtual void flush(Output<Out>&) {}
};

}  // namespace v1
}  // namespace penstock
