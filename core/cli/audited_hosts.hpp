#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "changelog/change_log.hpp"
#include "execution/hosts.hpp"
#include "pipeline/plan.hpp"

namespace penstock::cli {

/** The hosts of a run and its change log, which is opened just before the first instance is made: a pipeline file with a
 *  mistake leaves no directory behind. A log that cannot be opened is reported by ready(); until then instances are made
 *  without one, so that all errors of a pipeline are found in one go. */
class AuditedHosts final : public pipeline::NodeHosts {
 public:
  /** `log` unset: no change log is kept. */
  AuditedHosts(std::optional<changelog::Options> log, execution::LogLine write_line, std::uint32_t threads);

  const penstock_host& add(const std::string& node, const plugin::ExportedType& type,
                           pipeline::Partition partition = {}) override;
  void keep_secrets(const penstock_host& host, std::vector<std::string> secrets) override;
  void parameter(const pipeline::ParameterValue& value) override;
  std::optional<pipeline::Failure> take_failure(const penstock_host& host) override;

  /** The hosts, once a plan was made; nothing, with a report, if the log could not be opened. */
  [[nodiscard]] execution::Hosts* ready(diagnostic::Diagnostics& found);

  /** Seals the log. Every instance must be gone. Nothing: there is no log. */
  [[nodiscard]] std::optional<changelog::Totals> close(diagnostic::Diagnostics& found);

 private:
  execution::Hosts& hosts();

  std::optional<changelog::Options> options_;
  execution::LogLine write_line_;
  diagnostic::Diagnostics failures_;
  std::unique_ptr<changelog::ChangeLog> log_;
  const std::uint32_t threads_;
  std::unique_ptr<execution::Hosts> hosts_;
};

}  // namespace penstock::cli
