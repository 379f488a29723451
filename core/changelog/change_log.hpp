#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "changelog/change.hpp"
#include "changelog/node_info.hpp"
#include "changelog/record.hpp"
#include "diagnostic/diagnostic.hpp"

namespace penstock::changelog {

using diagnostic::Diagnostics;

/** A configuration value that took effect. */
struct ParameterChange {
  std::string node;
  std::string parameter;
  Value old_value;     ///< unset the first time
  Value new_value;     ///< the text `***` for a secret
  std::string reason;  ///< where it came from: `default`, `plant.yaml:4:12`, `command line`
};

struct Options {
  std::filesystem::path directory;
  std::string run;                          ///< what this run is called on the log: the pipeline's name
  std::uint64_t ring_bytes = 1u << 20;      ///< per ring, a power of two
  std::uint64_t segment_bytes = 64u << 20;  ///< a segment is closed when it has reached this size
  /** Called on the collector's thread with what was just put on the log, in order; at most `live_per_second` of it, so that
   *  showing changes never slows the run: a gap in `sequence` is what was left out. Once a second also with none: time has
   *  passed. Must not block for long, and must not call into the log. */
  std::function<void(std::span<const Change>)> on_changes = {};
  std::uint32_t live_per_second = 100'000;
};

/** What stands at the end. */
struct Totals {
  std::uint64_t changes = 0;   ///< records that this run put on the log
  std::uint64_t rejected = 0;  ///< of these, assignments that broke an invariant
  std::uint64_t waits = 0;     ///< assignments that waited for a full ring
  std::string head;            ///< hex SHA-256 over the last block: what an auditor writes down
};

/** The one change log of a run: rings in, a hash-chained directory out. Opening takes the directory's lock, recovers what a
 *  killed run left in its rings, and starts the collector. */
class ChangeLog {
 public:
  [[nodiscard]] static std::unique_ptr<ChangeLog> open(Options options, Diagnostics& found);

  /** Closes; a failure to do so is lost here, so call close() first. */
  ~ChangeLog();
  ChangeLog(const ChangeLog&) = delete;
  ChangeLog& operator=(const ChangeLog&) = delete;

  /** Makes a node known, writes its definition and the first record of each metric (unset -> initial), durable against the
   *  death of this process before it returns. The recorder lives as long as the log. Any thread, before or during the run. */
  [[nodiscard]] Recorder& add_node(NodeInfo node);

  /** Puts a configuration value on the log. Any thread; never on a hot path. */
  void parameter(ParameterChange change);

  /** Puts an event of a node or of the run on the log (`opened`, `drained`, ...). Node empty: the run. Any thread. */
  void lifecycle(std::string_view node, std::string_view event, std::string_view detail = {});

  /** Waits until everything recorded before the call is in a segment. Not from a recording call. */
  void flush();

  /** True once the log cannot be written any more (the disk is full): the run is to stop, close() says why. What was recorded
   *  stays in the rings for the next run; only what finds its ring full from then on is lost, counted, and reported by
   *  close(). Any thread, costs a load. */
  [[nodiscard]] bool failed() const noexcept;

  /** Drains the rings, writes the close record, cuts the preallocation, gives the lock back. No recorder may be used
   *  after it. Reports what could not be written. */
  [[nodiscard]] Totals close(Diagnostics& found);

 private:
  class Impl;
  explicit ChangeLog(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace penstock::changelog
