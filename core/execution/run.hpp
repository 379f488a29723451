#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.hpp"
#include "execution/latency.hpp"
#include "execution/stop.hpp"
#include "pipeline/plan.hpp"

namespace penstock::execution {

using diagnostic::Diagnostics;

class Hosts;  // execution/hosts.hpp: the pipeline::NodeHosts of a run

struct RunOptions {
  /** Rows taken from the source, then it is stopped; rows that it rejects do not count. */
  std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
  /** Capacity of a batch: rounded up to a multiple of 64, so that bitmaps are cut between words; at most 2^20. */
  std::int64_t batch_rows = 4096;
  std::chrono::nanoseconds drain_timeout = std::chrono::seconds(30);
  /** Threads that partitions may keep busy; with 1 they are worked on in turn by the thread that runs the rest. */
  std::uint32_t threads = 1;
  /** Kept at the number of rows read so far, for who shows how the run goes on; null: nobody does. */
  std::atomic<std::uint64_t>* rows_read = nullptr;
};

/** What went through one node. in = passed + filtered + rejected + absorbed; out = passed + emitted. A batch that a node
 *  failed on did not enter it. */
struct NodeTotals {
  std::string node, type;
  std::uint64_t in = 0, out = 0;
  std::uint64_t passed = 0, filtered = 0, rejected = 0, absorbed = 0, emitted = 0;
  std::uint64_t batches = 0;
  std::chrono::nanoseconds time{};  ///< wall time inside its methods, without what is behind its `emit`
  Latency latency = {};             ///< of each call that had rows, by the same time

  void add(const NodeTotals& other) noexcept {
    in += other.in;
    out += other.out;
    passed += other.passed;
    filtered += other.filtered;
    rejected += other.rejected;
    absorbed += other.absorbed;
    emitted += other.emitted;
    batches += other.batches;
    time += other.time;
    latency.add(other.latency);
  }
};

enum class Outcome : std::uint8_t { finished, stopped, failed };

/** What a run did. read + emitted = delivered + filtered + rejected + absorbed + unacknowledged. Unacknowledged rows of a
 *  finished run were given to a sink that had enough. */
struct Summary {
  Outcome outcome = Outcome::finished;
  std::vector<NodeTotals> nodes;
  std::uint64_t read = 0, emitted = 0, delivered = 0, filtered = 0, rejected = 0, absorbed = 0, unacknowledged = 0;
  std::chrono::nanoseconds elapsed{};
  Latency latency = {};  ///< of each row that a sink took: from when the host had it until then
  std::int32_t keys = 0, max_keys = 0;
};

/** Opens the nodes of `plan` (sink first), moves batches until the source ends, the limit is reached, `stop` is asked or
 *  a node fails; drains (windows flushed, partial batches handed on, sink flushed), and closes what was opened. Failures
 *  are in `found`, and the summary adds up all the same. Blocks; one run per plan. */
[[nodiscard]] Summary run(pipeline::Plan& plan, Hosts& hosts, const RunOptions& options, Stop& stop,
                          Diagnostics& found);

}  // namespace penstock::execution
