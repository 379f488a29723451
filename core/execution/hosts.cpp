#include "execution/hosts.hpp"

#include <array>
#include <bit>
#include <utility>
#include <vector>

#include "execution/node_host.hpp"
#include "execution/waker.hpp"

namespace penstock::execution {
namespace {

using changelog::MetricInfo;
using changelog::MetricType;

MetricType metric_type(plugin::ValueType type) {
  switch (type) {
    case plugin::ValueType::boolean: return MetricType::boolean;
    case plugin::ValueType::i64: return MetricType::i64;
    case plugin::ValueType::f64: return MetricType::f64;
    default: return MetricType::u64;
  }
}

std::uint64_t bits(const plugin::Scalar& value) {
  if (const auto* real = std::get_if<double>(&value)) return std::bit_cast<std::uint64_t>(*real);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<std::uint64_t>(*whole);
  if (const auto* count = std::get_if<std::uint64_t>(&value)) return *count;
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? 1 : 0;
  return 0;
}

std::optional<std::uint64_t> bound(const std::optional<plugin::Scalar>& value) {
  return value ? std::optional(bits(*value)) : std::nullopt;
}

MetricInfo info(const plugin::Metric& metric) {
  return {metric.name,          metric.label.empty() ? metric.name : metric.label,
          metric.unit,          metric_type(metric.type),
          bits(metric.initial), bound(metric.min),
          bound(metric.max),    metric.never_decreasing};
}

// In the order of HostMetric.
std::array<MetricInfo, 5> host_metrics() {
  return {MetricInfo{.name = "host.records_processed", .label = "host.records_processed", .never_decreasing = true},
          MetricInfo{.name = "host.mean_latency_ms",
                     .label = "host.mean_latency_ms",
                     .unit = "ms",
                     .type = MetricType::f64,
                     .min = 0},
          MetricInfo{.name = "host.error_count", .label = "host.error_count", .never_decreasing = true},
          MetricInfo{.name = "host.records_filtered", .label = "host.records_filtered", .never_decreasing = true},
          MetricInfo{.name = "host.records_rejected", .label = "host.records_rejected", .never_decreasing = true}};
}

changelog::Value logged(const pipeline::ParameterValue& value) {
  if (!value.scalar) return value.text;
  return std::visit([](const auto& scalar) -> changelog::Value { return scalar; }, *value.scalar);
}

}  // namespace

class Hosts::Impl {
 public:
  Impl(changelog::ChangeLog* log, LogLine write_line, std::uint32_t threads)
      : log_(log), write_line_(std::move(write_line)), threads_(threads) {}

  changelog::ChangeLog* const log_;
  const LogLine write_line_;
  const std::uint32_t threads_;
  batch::BufferPool pool_;
  batch::KeyTable keys_;
  Waker waker_;
  std::vector<std::unique_ptr<NodeHost>> hosts_;
};

Hosts::Hosts(changelog::ChangeLog* log, LogLine write_line, std::uint32_t threads)
    : impl_(std::make_unique<Impl>(log, std::move(write_line), threads)) {}

Hosts::~Hosts() = default;

const penstock_host& Hosts::add(const std::string& node, const plugin::ExportedType& type,
                                pipeline::Partition partition) {
  // The instances of a stage run at once, and share what one would have for itself.
  const std::uint32_t threads = std::max(1u, impl_->threads_ / std::max(1u, partition.count));
  auto& host = *impl_->hosts_.emplace_back(
      std::make_unique<NodeHost>(node, impl_->write_line_, impl_->keys_, impl_->waker_, threads));
  host.partition = partition.index;
  host.partitions = partition.count;
  if (impl_->log_ != nullptr) {
    changelog::NodeInfo known{host.audited_name(), type.manifest.name, type.library.string(), {}};
    // The plugin's first: its index of a metric is the recorder's.
    for (const plugin::Metric& metric : type.manifest.metrics) known.metrics.push_back(info(metric));
    for (MetricInfo& metric : host_metrics()) known.metrics.push_back(std::move(metric));
    host.record_to(impl_->log_->add_node(std::move(known)), static_cast<std::uint32_t>(type.manifest.metrics.size()));
  }
  return host;
}

void Hosts::keep_secrets(const penstock_host& host, std::vector<std::string> secrets) {
  NodeHost::of(host).keep_secrets(std::move(secrets));
}

void Hosts::parameter(const pipeline::ParameterValue& value) {
  if (impl_->log_ != nullptr)
    impl_->log_->parameter({value.node, value.parameter, std::monostate{}, logged(value), value.reason});
}

std::optional<pipeline::Failure> Hosts::take_failure(const penstock_host& host) {
  return NodeHost::of(host).take_failure();
}

void Hosts::lifecycle(std::string_view node, std::string_view event, std::string_view detail) {
  if (impl_->log_ != nullptr) impl_->log_->lifecycle(node, event, detail);
}

bool Hosts::change_log_failed() const noexcept { return impl_->log_ != nullptr && impl_->log_->failed(); }

batch::BufferPool& Hosts::pool() noexcept { return impl_->pool_; }
batch::KeyTable& Hosts::keys() noexcept { return impl_->keys_; }
Waker& Hosts::waker() noexcept { return impl_->waker_; }

}  // namespace penstock::execution
