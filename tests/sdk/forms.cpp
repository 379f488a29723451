// Forms and faults of plugins that the twelve examples do not show.
#include <penstock/sdk.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace plant::inner {

// Every type that a parameter can have, and what may be said about one.
class Parameters {
  PENSTOCK_PARAM(bool, flag, true, "a flag");
  PENSTOCK_PARAM(std::int64_t, whole, -40, "an integer", at_least(INT64_MIN), at_most(INT64_MAX));
  PENSTOCK_PARAM(std::uint64_t, natural, UINT64_MAX, "a natural number", at_least(1), at_most(UINT64_MAX));
  PENSTOCK_PARAM(double, real, 273.15, "a number", at_least(1e-308), at_most(1e6), unit("K"));
  PENSTOCK_PARAM(penstock::Duration, pause, 1500ms, "a duration", at_least(1ms), at_most(1h));
  PENSTOCK_PARAM(std::string, mode, "fast", "a choice", one_of("fast", "exact"), example("exact"));
  PENSTOCK_PARAM(penstock::Path, file, penstock::required, "a path");
  PENSTOCK_PARAM(std::vector<std::string>, names, "a|b c", "a list", secret());
  penstock::Host& host_;
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  explicit Parameters(penstock::Host& host) : host_(host) { say("created"); }
  void configure() {
    say("configured");
    if (whole == 13) throw penstock::Refused(whole, "is unlucky");
    if (whole == 14) throw 14;
  }
  void process(const penstock::Batch<Reading>&) { say("now"); }

 private:
  void say(const std::string& when) {
    std::string text = when + ": " + (flag ? "flag" : "no flag") + " " + std::to_string(whole) + " " +
                       std::to_string(natural) + " " + std::to_string(real) + " " + std::to_string(pause->count()) +
                       " " + *mode + " " + *file;
    for (const std::string& name : *names) text += " [" + name + "]";
    host_.log(penstock::LogLevel::info, text);
  }
};

// Every type that a column can have.
class AllTypes {
  struct Row {
    PENSTOCK_ADDS(bool, b, "");
    PENSTOCK_ADDS(std::int8_t, i8, "");
    PENSTOCK_ADDS(std::uint8_t, u8, "");
    PENSTOCK_ADDS(std::int16_t, i16, "");
    PENSTOCK_ADDS(std::uint16_t, u16, "");
    PENSTOCK_ADDS(std::int32_t, i32, "");
    PENSTOCK_ADDS(std::uint32_t, u32, "");
    PENSTOCK_ADDS(std::int64_t, i64, "");
    PENSTOCK_ADDS(std::uint64_t, u64, "");
    PENSTOCK_ADDS(float, f32, "");
    PENSTOCK_ADDS(double, f64, "");
    PENSTOCK_ADDS(penstock::Time, time, "");
    PENSTOCK_ADDS(penstock::Duration, duration, "");
    PENSTOCK_ADDS(penstock::Nullable<penstock::Key>, key, "");
    PENSTOCK_ADDS(penstock::Nullable<bool>, maybe, "");
  };
  penstock::Host& host_;

 public:
  explicit AllTypes(penstock::Host& host) : host_(host) {}
  penstock::Generator stream(penstock::Output<Row>& out) {
    out.push({true,
              -8,
              8,
              -16,
              16,
              -32,
              32,
              -64,
              64,
              0.5f,
              0.1,
              {1500},
              penstock::Duration(-5),
              {host_.intern("k")},
              {true}});
    out.push(
        {false, 8, 255, 16, 65535, 32, 1, 64, 1, -0.5f, -0.1, {-1}, penstock::Duration(5), {{}, false}, {true, false}});
    co_yield out;
  }
};

// The same types, read and written by the record form.
class Negate {
  struct Row {
    PENSTOCK_WRITES(bool, b, "");
    PENSTOCK_WRITES(std::int8_t, i8, "");
    PENSTOCK_WRITES(penstock::Nullable<double>, f64, "");
    PENSTOCK_WRITES(penstock::Time, time, "");
    PENSTOCK_WRITES(penstock::Key, key, "");
    PENSTOCK_READS(penstock::Nullable<bool>, maybe, "");
    PENSTOCK_READS(std::string_view, text, "");
    PENSTOCK_ADDS(std::uint64_t, length, "");
  };

 public:
  void process(Row& r) const noexcept {
    r.b = !r.b;
    r.i8 = static_cast<std::int8_t>(-r.i8);
    r.f64 = {-*r.f64, r.f64.valid && !r.maybe.valid};
    r.time.ns = -r.time.ns;
    r.key.code = r.key.code == 0 ? 1 : 0;
    r.length = r.text.size();
  }
};

// Fills columns itself, and makes the mistakes that a source can make.
class FastSource {
  PENSTOCK_PARAM(std::string, mistake, "none", "what it does wrong",
                 one_of("none", "push", "rows", "position", "retry", "lost", "late", "reject"));
  struct Row {
    PENSTOCK_ADDS(double, value, "");
  };

 public:
  penstock::Generator stream(penstock::Output<Row>& out) {
    if (*mistake == "push")
      for (;;) out.push({1});
    if (*mistake == "rows") out.rows(out.capacity() + 1);
    if (*mistake == "position") out.position(std::string(70'000, 'x'));
    if (*mistake == "retry") throw penstock::Retry("later");
    if (*mistake == "lost") throw penstock::Lost("gone");
    if (*mistake == "late") {
      out.position("after 3").wait(std::chrono::seconds(9));
      out.push({1});
      out.push({2});
      throw penstock::Failed("the line is dead");
    }
    if (*mistake == "reject") {
      for (int n = 0; !out.stopping(); ++n) out.reject("raw " + std::to_string(n), "file:1", "bad");
      co_return;
    }
    for (int batch = 0; batch < 2; ++batch) {
      const penstock::Column<double> value = out[&Row::value];
      for (std::size_t i = 0; i < out.capacity(); ++i) value[i] = static_cast<double>(i);
      out.rows(out.capacity());
      out.position("after " + std::to_string(batch));
      co_yield out;
    }
  }
};

// Any number of batches from one call, as many as the readings say.
class Emitter {
  struct In {
    PENSTOCK_READS(double, value, "how many rows to emit");
  };
  struct Out {
    PENSTOCK_ADDS(double, copy, "");
  };

 public:
  void process(const penstock::Batch<In>& in, penstock::Output<Out>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row) {
      if (in[&In::value][row] < 0) throw penstock::Failed("a negative number of rows", static_cast<std::int64_t>(row));
      for (int i = 0; i < in[&In::value][row]; ++i) {
        if (out.stopping()) return;
        out.push({static_cast<double>(i)});
      }
    }
  }
  void flush(penstock::Output<Out>& out) {
    out.push({-1});
    out.holds(0);
  }
};

// A stage over columns that it learns at run time.
class DynamicFilter {
  PENSTOCK_PARAM(std::string, column, "value", "column that decides");

 public:
  void process(penstock::Batch<>& batch) {
    const auto value = batch.column<penstock::Nullable<double>>(*column);
    batch.drop_unless([&](std::size_t row) { return value[row].valid && *value[row] > 0; });
  }
};

// Says each value as text.
class Speaker {
  penstock::Host& host_;

 public:
  explicit Speaker(penstock::Host& host) : host_(host) {}
  void consume(const penstock::Batch<>& batch) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      std::string line;
      for (const penstock::AnyColumn& column : batch.columns())
        line.append(column.name())
            .append(":")
            .append(column.type())
            .append("=")
            .append(column.text(row, "null"))
            .append(" ");
      host_.log(penstock::LogLevel::info, line);
    }
  }
};

// Rejects every row, with a reason of each kind: a literal, and texts that are gone when the row has been judged.
class Rejecter {
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };

 public:
  penstock::Verdict process(const Reading& r) {
    const std::string made = "a reason that is made for the value " + std::to_string(static_cast<int>(r.value));
    char local[64] = "a reason in an array of characters, also gone by then";
    switch (static_cast<int>(r.value)) {
      case 0: return penstock::reject("a literal");
      case 1: return penstock::reject(made);
      case 2: return penstock::reject(made.c_str(), &Reading::value);
      default: return penstock::reject(local);
    }
  }
};

// Invariants of each kind; every reading is assigned to every metric.
class Metrics {
  PENSTOCK_METRIC(std::int64_t, started, "set by the constructor", at_least(0));
  PENSTOCK_METRIC(double, range, "within bounds", at_least(-1.5), at_most(10));
  PENSTOCK_METRIC(double, rising, "never falls", never_decreasing());
  PENSTOCK_METRIC(double, free, "has no invariant");
  PENSTOCK_METRIC(std::uint64_t, steps, "steps");
  PENSTOCK_METRIC(bool, on, "a flag");
  struct Reading {
    PENSTOCK_READS(double, value, "the reading");
  };
  template <class Metric>
  static bool try_assign(Metric& metric, double value) {
    try {
      metric = value;
      return true;
    } catch (const penstock::InvariantBroken&) {
      return false;
    }
  }

 public:
  Metrics() { started = 7; }
  bool process(Reading& r) {
    const bool kept[] = {try_assign(range, r.value), try_assign(rising, r.value), try_assign(free, r.value)};
    ++steps;
    steps += 2;
    --steps;
    on = !on;
    return kept[0] && kept[1] && kept[2];
  }
  void flush() { range = 11; }
  void tick() { rising = -1; }
};

// Throws each kind of error.
class Faulty {
  PENSTOCK_PARAM(std::string, kind, "none", "error that it throws",
                 one_of("failed", "retry", "lost", "refused", "standard", "other", "none"), reloadable());

 public:
  void open() { raise_it(); }
  penstock::Flow consume(const penstock::Batch<>&) {
    raise_it();
    return penstock::enough;
  }

 private:
  void raise_it() const {
    if (*kind == "failed") throw penstock::Failed("failed", 3);
    if (*kind == "retry") throw penstock::Retry("retry");
    if (*kind == "lost") throw penstock::Lost("lost");
    if (*kind == "refused") throw penstock::Refused("refused");
    if (*kind == "standard") throw std::out_of_range("standard");
    if (*kind == "other") throw 42;
  }
};

class ThrowsInConstructor {
  struct Reading {
    PENSTOCK_READS(double, value, "");
  };

 public:
  ThrowsInConstructor() { throw penstock::Failed("no licence"); }
  void process(Reading&) {}
};

}  // namespace plant::inner

PENSTOCK_EXPORT(Stage, plant::inner::Parameters, parameters)
PENSTOCK_EXPORT(Source, plant::inner::AllTypes, all_types)
PENSTOCK_EXPORT(Stage, plant::inner::Negate, negate, stateless())
PENSTOCK_EXPORT(Source, plant::inner::FastSource, fast_source)
PENSTOCK_EXPORT(Stage, plant::inner::Emitter, emitter)
PENSTOCK_EXPORT(Stage, plant::inner::DynamicFilter, dynamic_filter, stateless(), deterministic())
PENSTOCK_EXPORT(Sink, plant::inner::Speaker, speaker)
PENSTOCK_EXPORT(Stage, plant::inner::Metrics, metrics)
PENSTOCK_EXPORT(Stage, plant::inner::Rejecter, rejecter)
PENSTOCK_EXPORT(Sink, plant::inner::Faulty, faulty)
PENSTOCK_EXPORT(Stage, plant::inner::ThrowsInConstructor, throws_in_constructor)
