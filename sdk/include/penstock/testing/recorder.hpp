// The host of a test: it answers what a plugin asks, and keeps what it says.
#pragma once
#include <penstock/testing/memory.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace penstock {
inline namespace v1 {
namespace testing {

/// An error of a method. `where` is a parameter in configure, a row elsewhere; -1: nowhere in particular.
struct Failure {
  penstock_status status;
  std::int64_t where;
  std::string text;

  friend std::ostream& operator<<(std::ostream& out, const Failure& f) {
    out << (f.status == PENSTOCK_REFUSED ? "refused: "
            : f.status == PENSTOCK_RETRY ? "to be called again: "
            : f.status == PENSTOCK_LOST  ? "lost what was not flushed: "
                                         : "failed: ")
        << f.text;
    return f.where < 0 ? out : out << " (at " << f.where << ")";
  }
};

/// A row that was rejected; -1 of a source, whose input never became one: then `place` and `raw` say what it was.
struct Rejection {
  std::int64_t row;
  std::int64_t column;
  std::string reason, place, raw;

  friend std::ostream& operator<<(std::ostream& out, const Rejection& r) {
    out << "rejected ";
    if (r.row < 0)
      out << (r.place.empty() ? "input" : r.place);
    else
      out << "row " << r.row;
    return out << ": " << r.reason;
  }
};

/// An assignment of a metric: bits as the boundary has them.
struct Assignment {
  std::uint32_t metric;
  std::uint64_t before, after;
  bool accepted;
};

class Recorder {
 public:
  Recorder() = default;
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  const penstock_host& host() const { return boundary_.host; }

  Keys keys;
  std::vector<Failure> failures;
  std::vector<Rejection> rejections;
  std::vector<Assignment> assignments;
  std::vector<std::string> lines;  // of the log
  std::optional<Duration> alarm;
  // Batches that are emitted: their columns and room, and what went out in this call.
  std::vector<ColumnSpec> emitted_columns;
  std::size_t emitted_capacity = 64;
  Rows emitted;
  BatchMemory* batch = nullptr;  // of the call at hand
  bool stops = false;            // the answer to what is rejected or emitted

  void fail(penstock_status status, std::int64_t where, std::string text) {
    failures.push_back({status, where, std::move(text)});
  }
  void end_call() {
    allocated_.clear();
    batch = nullptr;
  }

 private:
  // The functions get the host, which stands first in this.
  struct Boundary {
    penstock_host host;
    Recorder* recorder;
  };
  static Recorder& of(const penstock_host* host) { return *reinterpret_cast<const Boundary*>(host)->recorder; }

  static void record(const penstock_host* host, std::uint32_t metric, std::uint64_t before, std::uint64_t after,
                     std::uint32_t accepted) {
    Recorder& me = of(host);
    const std::lock_guard lock(me.mutex_);
    me.assignments.push_back({metric, before, after, accepted != 0});
  }
  static penstock_status fail_call(const penstock_host* host, penstock_status status, std::int64_t where,
                                   const char* text) {
    of(host).fail(status, where, text);
    return status;
  }
  static penstock_status reject(const penstock_host* host, const penstock_rejection* r) {
    Recorder& me = of(host);
    const auto* raw = static_cast<const char*>(r->raw);
    me.rejections.push_back({r->row, r->column, r->reason, r->place ? r->place : "",
                             raw ? std::string(raw, static_cast<std::size_t>(r->raw_size)) : std::string()});
    if (me.batch && r->row >= 0) me.batch->drop(static_cast<std::size_t>(r->row));
    return me.stops ? PENSTOCK_STOP : PENSTOCK_OK;
  }
  static void log(const penstock_host* host, std::int32_t, const char* text) {
    Recorder& me = of(host);
    const std::lock_guard lock(me.mutex_);
    me.lines.emplace_back(text);
  }
  static void wake(const penstock_host* host, std::int64_t delay_ns) {
    Recorder& me = of(host);
    const std::lock_guard lock(me.mutex_);
    const Duration delay(delay_ns);
    me.alarm = me.alarm ? std::min(*me.alarm, delay) : delay;
  }
  static penstock_batch* allocate(const penstock_host* host, std::int64_t rows) {
    Recorder& me = of(host);
    const std::size_t room = std::max(me.emitted_capacity, static_cast<std::size_t>(std::max<std::int64_t>(rows, 0)));
    return &me.allocated_.emplace_back(std::make_unique<BatchMemory>(me.emitted_columns, room, me.keys))->raw();
  }
  static penstock_status emit(const penstock_host* host, penstock_batch* batch) {
    Recorder& me = of(host);
    for (const auto& one : me.allocated_)
      if (&one->raw() == batch)
        for (std::int64_t row = 0; row < batch->rows; ++row)
          me.emitted.push_back(one->row(static_cast<std::size_t>(row)));
    return me.stops ? PENSTOCK_STOP : PENSTOCK_OK;
  }
  static std::int32_t intern(const penstock_host* host, const char* text, std::uint64_t size) {
    return of(host).keys.intern({text, static_cast<std::size_t>(size)});
  }

  std::mutex mutex_;  // record, log and wake may come from any thread
  std::vector<std::unique_ptr<BatchMemory>> allocated_;
  Boundary boundary_{{sizeof(penstock_host), PENSTOCK_ABI_VERSION, "test", 0, 1, record, fail_call, reject, log, wake,
                      allocate, emit, intern, 1},
                     this};
};

}  // namespace testing
}  // namespace v1
}  // namespace penstock
