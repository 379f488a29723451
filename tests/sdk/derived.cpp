// Each type twice: with the methods alone, and derived from the base. The manifests and the rows are to be the same.
#include <penstock/sdk.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace {
struct Value {
  PENSTOCK_WRITES(double, value, "the reading");
};
struct Reading {
  PENSTOCK_READS(double, value, "the reading");
};
struct Row {
  PENSTOCK_ADDS(double, value, "the reading");
};
}  // namespace

namespace plain {
class Clamp {
  PENSTOCK_PARAM(double, max, 100.0, "highest value passed on");
  PENSTOCK_METRIC(std::uint64_t, clamped, "readings changed");

 public:
  void process(penstock::Batch<Value>& batch) {
    batch.each([&](Value& r) {
      if (r.value > max) ++clamped;
      r.value = std::min(r.value, *max);
    });
  }
};
class Positive {
 public:
  bool process(const Reading& r) { return r.value > 0; }
};
class Twice {
 public:
  void process(const penstock::Batch<Reading>& in, penstock::Output<Row>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row) out.push({2 * in.load(row).value});
  }
  void flush(penstock::Output<Row>& out) { out.push({-1}); }
};
class Counter {
  double next_ = 0;

 public:
  penstock::Generator stream(penstock::Output<Row>& out) {
    while (!out.full()) out.push({next_++});
    co_yield out;
  }
  void seek(std::string_view position) { next_ = std::stod(std::string(position)); }
};
class Speaker {
  penstock::Host& host_;

 public:
  explicit Speaker(penstock::Host& host) : host_(host) {}
  void bind(const penstock::Schema& in) { host_.log(penstock::LogLevel::info, in.columns()[0].name()); }
  penstock::Flow consume(const penstock::Batch<>& batch) { return batch.empty() ? penstock::enough : penstock::more; }
};
class Plain {
 public:
  void consume(const penstock::Batch<Reading>&) {}
};
}  // namespace plain

namespace nominal {
// What it overrides is called through the base, and may be private.
class Clamp final : public penstock::Stage<Value> {
  PENSTOCK_PARAM(double, max, 100.0, "highest value passed on");
  PENSTOCK_METRIC(std::uint64_t, clamped, "readings changed");

  void process(penstock::Batch<Value>& batch) override {
    batch.each([&](Value& r) {
      if (r.value > max) ++clamped;
      r.value = std::min(r.value, *max);
    });
  }
};
class Positive final : public penstock::Stage<bool(const Reading&)> {
 public:
  bool process(const Reading& r) override { return r.value > 0; }
};
class Twice : public penstock::Stage<Reading, Row> {
 public:
  void process(const penstock::Batch<Reading>& in, penstock::Output<Row>& out) override {
    for (std::size_t row = 0; row < in.rows(); ++row) out.push({2 * in.load(row).value});
  }

 private:
  void flush(penstock::Output<Row>& out) override { out.push({-1}); }
};
class Counter final : public penstock::Source<Row> {
  double next_ = 0;

 public:
  penstock::Generator stream(penstock::Output<Row>& out) override {
    while (!out.full()) out.push({next_++});
    co_yield out;
  }
  void seek(std::string_view position) override { next_ = std::stod(std::string(position)); }
};
class Speaker final : public penstock::Sink<penstock::Flow(const penstock::Batch<>&)> {
  penstock::Host& host_;

 public:
  explicit Speaker(penstock::Host& host) : host_(host) {}
  void bind(const penstock::Schema& in) override { host_.log(penstock::LogLevel::info, in.columns()[0].name()); }
  penstock::Flow consume(const penstock::Batch<>& batch) override {
    return batch.empty() ? penstock::enough : penstock::more;
  }
};
class Middle : public penstock::Sink<Reading> {
 public:
  void consume(const penstock::Batch<Reading>&) override {}
};
class Plain final : public Middle {};
}  // namespace nominal

PENSTOCK_EXPORT(Stage, plain::Clamp, plain_clamp)
PENSTOCK_EXPORT(Stage, plain::Positive, plain_positive, stateless())
PENSTOCK_EXPORT(Stage, plain::Twice, plain_twice)
PENSTOCK_EXPORT(Source, plain::Counter, plain_counter)
PENSTOCK_EXPORT(Sink, plain::Speaker, plain_speaker)
PENSTOCK_EXPORT(Sink, plain::Plain, plain_plain)
PENSTOCK_EXPORT(Stage, nominal::Clamp, nominal_clamp)
PENSTOCK_EXPORT(Stage, nominal::Positive, nominal_positive, stateless())
PENSTOCK_EXPORT(Stage, nominal::Twice, nominal_twice)
PENSTOCK_EXPORT(Source, nominal::Counter, nominal_counter)
PENSTOCK_EXPORT(Sink, nominal::Speaker, nominal_speaker)
PENSTOCK_EXPORT(Sink, nominal::Plain, nominal_plain)
