#pragma once

#include <penstock/abi.h>

#include <atomic>
#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/key_table.hpp"
#include "changelog/record.hpp"
#include "execution/hosts.hpp"
#include "execution/waker.hpp"

namespace penstock::execution {

inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

/** Nanoseconds of the steady clock. */
[[nodiscard]] std::int64_t steady_ns() noexcept;

/** What a call into a plugin answers to the host functions that are only allowed inside it. */
class CallSite {
 public:
  virtual penstock_status reject(const penstock_rejection& rejection) noexcept = 0;
  virtual penstock_batch* allocate(std::int64_t rows) noexcept = 0;
  virtual penstock_status emit(penstock_batch* batch) noexcept = 0;

 protected:
  ~CallSite() = default;
};

/** How many lines of one node reach the log: bursts of 100, then 10 a second; the others are counted. Any thread. */
class LogLimit {
 public:
  /** Whether this line passes; `suppressed` is then how many did not since the last that did. */
  [[nodiscard]] bool admit(std::int64_t now_ns, std::uint64_t& suppressed);

 private:
  std::mutex mutex_;
  double lines_ = 100;
  std::int64_t refilled_ns_ = 0;
  std::uint64_t suppressed_ = 0;
};

/** The host's own metrics of a node, in the order in which they follow the plugin's. */
enum class HostMetric : std::uint32_t {
  records_processed,
  mean_latency_ms,
  error_count,
  records_filtered,
  records_rejected
};

/** What stands behind one `penstock_host`: the table itself, and what its functions work on. */
class NodeHost final : public penstock_host {
 public:
  NodeHost(std::string node_name, const LogLine& write_line, batch::KeyTable& keys, Waker& waker,
           std::uint32_t thread_count);

  static NodeHost& of(const penstock_host& host) noexcept {
    return const_cast<NodeHost&>(static_cast<const NodeHost&>(host));
  }

  /** Its name on the change log, where each instance has a history of its own: `rolling_average[1]` is the one of the
   *  second partition. */
  [[nodiscard]] std::string audited_name() const {
    return partitions > 1 ? name_ + '[' + std::to_string(partition) + ']' : name_;
  }

  /** From now on assignments go to `to`, which knows `own` metrics of the plugin and behind them the host's. */
  void record_to(changelog::Recorder& to, std::uint32_t own) noexcept;
  void record_own(HostMetric metric, std::uint64_t before, std::uint64_t after) noexcept;
  [[nodiscard]] changelog::Recorder* recorder() noexcept { return recorder_; }

  /** A call into the plugin begins (its site) or ends (null). Calls do not nest within one node. */
  void enter(CallSite* site) noexcept { call_ = site; }

  /** What `fail` said since the last take or clear. */
  [[nodiscard]] std::optional<pipeline::Failure> take_failure() noexcept;
  void clear_failure() noexcept { failure_.reset(); }

  /** When `wake` asked for a call, on the steady clock; `never` if it did not. Any thread. */
  [[nodiscard]] std::int64_t alarm() const noexcept { return alarm_.load(std::memory_order_seq_cst); }
  void clear_alarm() noexcept { alarm_.store(never, std::memory_order_seq_cst); }

  /** Before the first call into the plugin. */
  void keep_secrets(std::vector<std::string> secrets) noexcept { secrets_ = std::move(secrets); }
  /** What the plugin said, with its secrets replaced. Any thread. */
  [[nodiscard]] std::string without_secrets(std::string_view text) const;

  void write_log(std::int32_t level, std::string_view text) noexcept;

 private:
  struct Functions;

  /** The same, cut to the length of a line. */
  [[nodiscard]] std::string shown(std::string_view text) const;

  const std::string name_;
  const LogLine& write_line_;
  batch::KeyTable& keys_;
  Waker& waker_;
  changelog::Recorder* recorder_ = nullptr;
  std::uint32_t own_metrics_ = 0;
  CallSite* call_ = nullptr;
  std::optional<pipeline::Failure> failure_;
  std::vector<std::string> secrets_;
  std::atomic<std::int64_t> alarm_{never};
  LogLimit limit_;
};

}  // namespace penstock::execution
