#include "changelog/payload.hpp"

#include <utility>

namespace penstock::changelog {
namespace {

constexpr std::uint8_t has_min = 1;
constexpr std::uint8_t has_max = 2;
constexpr std::uint8_t never_decreases = 4;

// A value is its alternative's index, then 1 byte, 8 bytes or a text.
void put_value(Bytes& into, const Value& value) {
  put(into, static_cast<std::uint8_t>(value.index()));
  std::visit(
      [&](const auto& held) {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::string>)
          put_text(into, held);
        else if constexpr (!std::is_same_v<Held, std::monostate>)
          put(into, held);
      },
      value);
}

template <class T>
T known_or_last(std::uint8_t value, T last) noexcept {
  return value <= static_cast<std::uint8_t>(last) ? static_cast<T>(value) : last;
}

}  // namespace

void put(Bytes& into, std::span<const std::byte> bytes) { into.insert(into.end(), bytes.begin(), bytes.end()); }

void put_text(Bytes& into, std::string_view text) {
  put(into, static_cast<std::uint32_t>(text.size()));
  put(into, std::as_bytes(std::span(text)));
}

void pad(Bytes& payload) { payload.resize((payload.size() + 7) / 8 * 8); }

void put_run(Bytes& into, std::string_view name) {
  put(into, tag_run);
  put_text(into, name);
}

void put_node(Bytes& into, const NodeDefinition& node) {
  put(into, tag_node);
  put(into, node.number);
  put_text(into, node.info.name);
  put_text(into, node.info.type);
  put_text(into, node.info.library);
  put(into, static_cast<std::uint32_t>(node.info.metrics.size()));
  for (const MetricInfo& metric : node.info.metrics) {
    put_text(into, metric.name);
    put_text(into, metric.label);
    put_text(into, metric.unit);
    put(into, static_cast<std::uint8_t>(metric.type));
    put(into, static_cast<std::uint8_t>((metric.min ? has_min : 0) | (metric.max ? has_max : 0) |
                                        (metric.never_decreasing ? never_decreases : 0)));
    put(into, metric.initial);
    put(into, metric.min.value_or(0));
    put(into, metric.max.value_or(0));
  }
}

void put_change(Bytes& into, const Change& change) {
  put(into, static_cast<std::uint8_t>(change.kind));
  put(into, change.time_ns);
  put_text(into, change.node);
  put_text(into, change.metric);
  put_value(into, change.old_value);
  put_value(into, change.new_value);
  put_text(into, change.reason);
}

std::span<const std::byte> Cursor::take_bytes(std::size_t size) noexcept {
  if (size > bytes_.size()) {
    failed_ = true;
    bytes_ = {};
    return {};
  }
  const auto taken = bytes_.first(size);
  bytes_ = bytes_.subspan(size);
  return taken;
}

std::string Cursor::take_text() {
  const auto bytes = take_bytes(take<std::uint32_t>());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Value Cursor::take_value() {
  switch (take<std::uint8_t>()) {
    case 0: return {};
    case 1: return take<std::uint8_t>() != 0;
    case 2: return take<std::int64_t>();
    case 3: return take<std::uint64_t>();
    case 4: return take<double>();
    case 5: return take_text();
    default: failed_ = true; return {};
  }
}

NodeDefinition Cursor::take_node() {
  NodeDefinition node;
  node.number = take<std::uint32_t>();
  node.info.name = take_text();
  node.info.type = take_text();
  node.info.library = take_text();
  for (auto count = take<std::uint32_t>(); count > 0 && !failed_; --count) {
    MetricInfo metric;
    metric.name = take_text();
    metric.label = take_text();
    metric.unit = take_text();
    metric.type = known_or_last(take<std::uint8_t>(), MetricType::f64);
    const auto flags = take<std::uint8_t>();
    metric.initial = take<std::uint64_t>();
    const auto min = take<std::uint64_t>();
    const auto max = take<std::uint64_t>();
    if (flags & has_min) metric.min = min;
    if (flags & has_max) metric.max = max;
    metric.never_decreasing = (flags & never_decreases) != 0;
    node.info.metrics.push_back(std::move(metric));
  }
  return node;
}

Change Cursor::take_change() {
  Change change;
  change.kind = known_or_last(take<std::uint8_t>(), Kind::lifecycle);
  change.time_ns = take<std::int64_t>();
  change.node = take_text();
  change.metric = take_text();
  change.label = change.metric;
  change.old_value = take_value();
  change.new_value = take_value();
  change.reason = take_text();
  return change;
}

}  // namespace penstock::changelog
