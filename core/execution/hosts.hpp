#pragma once

#include <penstock/abi.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "batch/buffer_pool.hpp"
#include "batch/key_table.hpp"
#include "changelog/change_log.hpp"
#include "pipeline/plan.hpp"

namespace penstock::execution {

class Waker;

/** A line that a plugin or the run wants on the host's log. `level` as in <penstock/abi/host.h>. Called from any thread. */
using LogLine = std::function<void(std::int32_t level, std::string_view node, std::string_view text)>;

/** The hosts of all instances of a run: each `penstock_host` with what stands behind its functions (recorder, failures,
 *  alarms), and what all share: the pool of buffers, the key table. Outlives the plan whose instances it serves. */
class Hosts final : public pipeline::NodeHosts {
 public:
  /** `log` null: nothing is kept (validate, `--change-log off`). Both must outlive this object. `threads`: how many each
   *  node may keep busy. */
  Hosts(changelog::ChangeLog* log, LogLine write_line, std::uint32_t threads = 1);
  ~Hosts() override;

  const penstock_host& add(const std::string& node, const plugin::ExportedType& type,
                           pipeline::Partition partition = {}) override;
  void keep_secrets(const penstock_host& host, std::vector<std::string> secrets) override;
  void parameter(const pipeline::ParameterValue& value) override;
  std::optional<pipeline::Failure> take_failure(const penstock_host& host) override;

  /** Puts an event of a node, or of the run if `node` is empty, on the change log. */
  void lifecycle(std::string_view node, std::string_view event, std::string_view detail = {});

  /** The change log cannot be written any more: a run that is to be audited ends here, and closing the log says why. */
  [[nodiscard]] bool change_log_failed() const noexcept;

  [[nodiscard]] batch::BufferPool& pool() noexcept;
  [[nodiscard]] batch::KeyTable& keys() noexcept;
  [[nodiscard]] Waker& waker() noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace penstock::execution
