#include "cli/audited_hosts.hpp"

#include <utility>

namespace penstock::cli {

AuditedHosts::AuditedHosts(std::optional<changelog::Options> log, execution::LogLine write_line, std::uint32_t threads)
    : options_(std::move(log)), write_line_(std::move(write_line)), threads_(threads) {}

execution::Hosts& AuditedHosts::hosts() {
  if (!hosts_) {
    if (options_) log_ = changelog::ChangeLog::open(*options_, failures_);
    hosts_ = std::make_unique<execution::Hosts>(log_.get(), write_line_, threads_);
  }
  return *hosts_;
}

const penstock_host& AuditedHosts::add(const std::string& node, const plugin::ExportedType& type,
                                       pipeline::Partition partition) {
  return hosts().add(node, type, partition);
}

void AuditedHosts::keep_secrets(const penstock_host& host, std::vector<std::string> secrets) {
  hosts().keep_secrets(host, std::move(secrets));
}

void AuditedHosts::parameter(const pipeline::ParameterValue& value) { hosts().parameter(value); }

std::optional<pipeline::Failure> AuditedHosts::take_failure(const penstock_host& host) {
  return hosts_ ? hosts_->take_failure(host) : std::nullopt;
}

execution::Hosts* AuditedHosts::ready(diagnostic::Diagnostics& found) {
  execution::Hosts* hosts = &this->hosts();
  found.add(failures_);
  return options_ && !log_ ? nullptr : hosts;
}

std::optional<changelog::Totals> AuditedHosts::close(diagnostic::Diagnostics& found) {
  hosts_.reset();
  if (!log_) return std::nullopt;
  return log_->close(found);
}

}  // namespace penstock::cli
