// A sink by derivation.
#pragma once
#include <penstock/derived.hpp>

namespace penstock {
inline namespace v1 {

/// Derive from `penstock::Sink<Record>` and override `void consume(const penstock::Batch<Record>&)`, or leave it and only
/// write the method: both export the same. `Sink<>` takes every column that comes;
/// `Sink<penstock::Flow(const penstock::Batch<Record>&)>` says whether it wants more.
template <class Record = AnyRecord>
class Sink : public Sink<void(const Batch<Record>&)> {};

template <class Record>
class SinkBase : public Derivable {};
template <>
class SinkBase<AnyRecord> : public Derivable {
 public:
  /// The columns that come, before any batch.
  virtual void bind(const Schema&) {}
};

template <class Result, class Record>
class Sink<Result(const Batch<Record>&)> : public SinkBase<Record> {
 public:
  using penstock_base = Sink;
  /// Takes the batch whole or not at all.
  virtual Result consume(const Batch<Record>& batch) = 0;
  /// The alarm of Host::wake.
  virtual void tick() {}
  /// When it returns, all that was consumed is durable.
  virtual void flush() {}
};

}  // namespace v1
}  // namespace penstock
