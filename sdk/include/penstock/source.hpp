// A source by derivation.
#pragma once
#include <penstock/derived.hpp>
#include <penstock/generator.hpp>

#include <string_view>

namespace penstock {
inline namespace v1 {

/// Derive from `penstock::Source<Record>` and override `stream`, or leave it and only write the method: both export the
/// same. `Source<>` says its columns at run time, in `bind`.
///
///     class Counter final : public penstock::Source<Reading> {
///      public:
///       penstock::Generator stream(penstock::Output<Reading>& out) override;
///     };
template <class Record = AnyRecord>
class Source : public Derivable {
 public:
  using penstock_base = Source;
  /// A coroutine that pushes until out.full(), then `co_yield out`. It never blocks.
  virtual Generator stream(Output<Record>& out) = 0;
  /// Makes the next `open` start behind this position. Overriding it declares that the source can be read again.
  virtual void seek(std::string_view) {}
  /// Every sink has all rows up to this position.
  virtual void acknowledge(std::string_view) {}
};

template <>
class Source<AnyRecord> : public Derivable {
 public:
  using penstock_base = Source;
  virtual void bind(NewColumns&) {}
  virtual Generator stream(Output<>& out) = 0;
  virtual void seek(std::string_view) {}
  virtual void acknowledge(std::string_view) {}
};

}  // namespace v1
}  // namespace penstock
