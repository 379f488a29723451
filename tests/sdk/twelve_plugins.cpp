// The forms that a plugin can have, one of each, as the documentation of the boundary shows them; support.hpp stands for
// the libraries that they would use. clang-format off: they are kept as dense as they are shown.
// clang-format off
#include <penstock/sdk.hpp>
#include "support.hpp"
namespace {                               // always: two files with a `struct Reading` each merge silently otherwise (trap 1)
class ThresholdFilter {                                                                                            // 1
  PENSTOCK_PARAM(double, min, 0.0, "lowest value kept", reloadable());
  PENSTOCK_PARAM(double, max, 100.0, "highest value kept", reloadable());
  PENSTOCK_METRIC(std::uint64_t, dropped, "records dropped");
  struct Reading { PENSTOCK_READS(double, value, "the reading"); };        // `const double value`: writing it does not compile
 public:
  void process(penstock::Batch<Reading>& batch) {
    dropped += batch.drop_unless([&](const Reading& r) { return penstock::between(r.value, min, max); });
  }
};
class Normalize {                                                                                                  // 2: adds a nullable column
  PENSTOCK_PARAM(double, low, 0.0, "reading that becomes 0");
  PENSTOCK_PARAM(double, high, 1.0, "reading that becomes 1");
  struct Reading { PENSTOCK_READS(double, value, "the reading"); PENSTOCK_ADDS(penstock::Nullable<double>, normalized, "null outside"); };
 public:
  void process(Reading& r) { r.normalized = {(r.value - low) / (high - low), penstock::between(r.value, low, high)}; }
};
class RollingAverage {                                                                                             // 3: state per key
  PENSTOCK_PARAM(std::uint64_t, window, 20, "readings averaged", at_least(1), at_most(1e6));
  struct Reading { PENSTOCK_READS(penstock::Key, sensor_id, "sensor"); PENSTOCK_READS(double, value, "the reading"); PENSTOCK_ADDS(double, rolling_avg, "mean"); };
  struct Ring { std::vector<double> last; std::size_t next = 0; double sum = 0; };
  penstock::PerKey<Ring> rings_;
 public:
  void process(Reading& r) {
    Ring& ring = rings_[r.sensor_id];
    if (ring.last.size() < window) ring.last.push_back(r.value);
    else { ring.sum -= ring.last[ring.next]; ring.last[ring.next] = r.value; ring.next = ring.next + 1 == window ? 0 : ring.next + 1; }
    r.rolling_avg = (ring.sum += r.value) / static_cast<double>(ring.last.size());
  }
};
struct SensorRecord { PENSTOCK_READS(penstock::Time, timestamp, "when"); PENSTOCK_WRITES(double, value, "kelvin afterwards"); };
class ToKelvin {                                                                                                   // 4: per record; false drops the row
  PENSTOCK_PARAM(double, zero, 273.15, "0 degC in kelvin");
 public:
  bool process(SensorRecord& r) { r.value += zero; return r.timestamp.ns >= 0; }
};
struct Reading { PENSTOCK_ADDS(penstock::Key, sensor_id, "sensor"); PENSTOCK_ADDS(penstock::Time, timestamp, "when"); PENSTOCK_ADDS(double, value, "the reading"); };
class CsvReader {                                                                                                  // 5: can be read again
  PENSTOCK_PARAM(std::string, path, penstock::required, "file to read", example("readings.csv"));
  std::streamoff start_ = 0;
 public:
  void seek(std::string_view position) { start_ = number(position); }      // having it declares "can be read again"
  penstock::Generator stream(penstock::Output<Reading>& out) {
    std::ifstream file(*path);
    if (!file.seekg(start_)) throw penstock::Failed("cannot open `" + *path + "`");
    for (std::string line; std::getline(file, line);) {
      if (const auto reading = parse<Reading>(line)) out.push(*reading);
      else out.reject(line, path->c_str(), "expected 3 fields");           // end the run or rejects file: the operator's policy
      if (out.full()) { out.position(std::to_string(file.tellg())); co_yield out; }    // a stop request: simply not resumed
    }
  }                                                                        // the rest is handed out, then the source has ended
};
class LiveSource {                                                                                                 // 6: waits on the outside
  PENSTOCK_PARAM(std::string, broker, "localhost:1883", "host and port");
  PENSTOCK_PARAM(std::string, password, "", "password of the broker", secret());
  penstock::Host& host_;
  Client<Reading> client_;
 public:
  explicit LiveSource(penstock::Host& host) : host_(host) {}               // optional constructor argument
  void open() { client_.connect(*broker, [this] { host_.wake(); }); }      // wake: from any thread
  penstock::Generator stream(penstock::Output<Reading>& out) {
    while (!out.stopping()) {
      while (const auto message = client_.next()) {
        out.push(message->reading); out.position(std::to_string(message->number));
        if (out.full()) co_yield out;
      }
      out.wait(std::chrono::seconds(10));                                  // resumed when woken, asked to stop, or then; wait(d, fd) too
      co_yield out;                                                        // hands out what is there, also nothing
    }
  }
  void acknowledge(std::string_view position) { client_.acknowledge(number(position)); }     // every sink has it: QoS 1
  void close() { client_.disconnect(); }
};
class Console {                                                                                                    // 7: every column that comes
 public:
  penstock::Flow consume(const penstock::Batch<>& batch) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      for (const auto& column : batch.columns()) print(column.text(row, "null"));
      if (std::putchar('\n') == EOF) return errno == EPIPE ? penstock::enough : throw penstock::Failed("cannot write to standard output");
    }
    return penstock::more;                                                 // enough: `| head` has gone, the run ends quietly
  }
};
class SqliteSink {                                                                                                 // 8: transactions, all error classes
  PENSTOCK_PARAM(std::string, path, penstock::required, "database file");
  struct Row { PENSTOCK_READS(penstock::Key, sensor_id, "sensor"); PENSTOCK_READS(double, value, "the reading"); };
  Database db_;
 public:
  void consume(const penstock::Batch<Row>& batch) {
    Savepoint savepoint(db_);                                              // a batch is taken whole or not at all
    for (std::size_t row = 0; row < batch.rows(); ++row)
      switch (db_.insert(batch.load(row))) {
        case Code::done: break;
        case Code::constraint: batch.reject(row, db_.message()); break;    // this row
        case Code::busy: throw penstock::Retry(db_.message());             // this batch again; nothing of it was taken
        case Code::gone: throw penstock::Lost(db_.message());              // reopen; everything since the last flush again
        case Code::broken: throw penstock::Failed(db_.message());          // permanent
      }
    savepoint.release();
  }
  void flush() { if (db_.commit() == Code::busy) throw penstock::Retry(db_.message()); }     // returns: all consumed so far is durable
};
class TumblingAverage {                                                                                            // 9: fewer rows, later
  PENSTOCK_PARAM(penstock::Duration, length, 60s, "length of a window", at_least(1));
  PENSTOCK_PARAM(penstock::Duration, idle_after, 30s, "silence after which open windows are emitted");
  struct In { PENSTOCK_READS(penstock::Key, sensor_id, "sensor"); PENSTOCK_READS(penstock::Time, timestamp, "when"); PENSTOCK_READS(double, value, "reading"); };
  struct Average { PENSTOCK_ADDS(penstock::Key, sensor_id, "sensor"); PENSTOCK_ADDS(penstock::Time, start, "of the window"); PENSTOCK_ADDS(double, mean, "mean"); };
  Windows<In> windows_;                                                    // by (start, key): sum, count, first batch
  penstock::Host& host_;
  void emit(std::int64_t before, penstock::Output<Average>& out) {
    for (const auto& w : windows_.take(before)) out.push({w.key, {w.start}, w.sum / w.count});       // full batches go out by themselves
    out.holds(windows_.oldest_batch());                                    // input batches before this one may be acknowledged
  }
 public:
  explicit TumblingAverage(penstock::Host& host) : host_(host) {}
  void process(const penstock::Batch<In>& in, penstock::Output<Average>& out) {
    for (std::size_t row = 0; row < in.rows(); ++row)
      if (!windows_.add(in.load(row), in.sequence(), length->count())) in.reject(row, "its window was already emitted");
    emit(windows_.newest() - length->count(), out);
    host_.wake(*idle_after);                                               // tick() then, or earlier: check what is due
  }
  void tick(penstock::Output<Average>& out) { if (windows_.quiet() >= *idle_after) emit(INT64_MAX, out); }
  void flush(penstock::Output<Average>& out) { emit(INT64_MAX, out); }     // end of the data
};
class Calibrate {                                                                                                  // 10: rejects single rows
  struct In { PENSTOCK_READS(penstock::Key, sensor_id, "sensor"); PENSTOCK_READS(double, value, "reading"); PENSTOCK_ADDS(double, calibrated, "times factor"); };
  Factors factors_;                                                        // keys made by host.intern(text)
 public:
  penstock::Verdict process(In& r) {
    const double* factor = factors_.find(r.sensor_id);
    if (!factor) return penstock::reject("no factor for this sensor", &In::sensor_id);
    r.calibrated = r.value * *factor;
    return penstock::keep;
  }
};
class Clamp {                                                                                                      // 11: invariants, reload
  PENSTOCK_PARAM(double, min, 0.0, "lowest value passed on", unit("degC"), reloadable());
  PENSTOCK_PARAM(double, max, 100.0, "highest value passed on", unit("degC"), reloadable());
  PENSTOCK_METRIC(std::uint64_t, clamped, "readings changed", label("records_clamped"), never_decreasing());
  PENSTOCK_METRIC(double, worst, "largest distance from the range", unit("degC"), never_negative());
  struct Value { PENSTOCK_WRITES(double, value, "the reading"); };
 public:
  void configure() { if (!(min < max)) throw penstock::Refused(min, "must be less than `max`"); }    // start and reload; a throw puts all back
  void process(penstock::Batch<Value>& batch) {
    std::uint64_t n = 0; double far = worst;                               // locals in the loop, metrics once a batch
    batch.each([&](Value& r) { const double v = std::clamp(r.value, *min, *max); n += v != r.value; far = std::max(far, std::abs(v - r.value)); r.value = v; });
    clamped += n; worst = far;
  }
};
}
PENSTOCK_EXPORT(Stage, ThresholdFilter, threshold_filter, stateless())
PENSTOCK_EXPORT(Stage, RollingAverage, rolling_average, keyed_by("sensor_id"), deterministic())      // and so on
PENSTOCK_EXPORT(Stage, Normalize, normalize, stateless(), deterministic())
PENSTOCK_EXPORT(Stage, ToKelvin, to_kelvin, stateless(), deterministic())
PENSTOCK_EXPORT(Source, CsvReader, csv_reader, ordered_by("timestamp"))
PENSTOCK_EXPORT(Source, LiveSource, live_source)
PENSTOCK_EXPORT(Sink, Console, console)
PENSTOCK_EXPORT(Sink, SqliteSink, sqlite_sink)
PENSTOCK_EXPORT(Stage, TumblingAverage, tumbling_average)
PENSTOCK_EXPORT(Stage, Calibrate, calibrate, keyed_by("sensor_id"))
PENSTOCK_EXPORT(Stage, Clamp, clamp, stateless())
