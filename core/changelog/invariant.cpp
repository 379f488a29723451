#include "changelog/invariant.hpp"

#include <bit>
#include <cmath>
#include <type_traits>

#include "changelog/render.hpp"

namespace penstock::changelog {
namespace {

enum class Broken : std::uint8_t { nothing, not_a_number, less, greater, decreases };

template <class T>
T as(std::uint64_t bits) noexcept {
  if constexpr (std::is_same_v<T, bool>)
    return bits != 0;
  else
    return std::bit_cast<T>(bits);
}

template <class T>
Broken check_as(const MetricInfo& metric, std::uint64_t before, std::uint64_t after) noexcept {
  const T value = as<T>(after);
  if constexpr (std::is_same_v<T, double>) {
    const bool has_any = metric.min || metric.max || metric.never_decreasing;
    if (has_any && std::isnan(value)) return Broken::not_a_number;
  }
  if (metric.min && value < as<T>(*metric.min)) return Broken::less;
  if (metric.max && value > as<T>(*metric.max)) return Broken::greater;
  // Back to where it started is a reset, which every counter may be given.
  if (metric.never_decreasing && value < as<T>(before) && value != as<T>(metric.initial)) return Broken::decreases;
  return Broken::nothing;
}

Broken check(const MetricInfo& metric, std::uint64_t before, std::uint64_t after) noexcept {
  switch (metric.type) {
    case MetricType::boolean: return check_as<bool>(metric, before, after);
    case MetricType::i64: return check_as<std::int64_t>(metric, before, after);
    case MetricType::u64: return check_as<std::uint64_t>(metric, before, after);
    case MetricType::f64: break;
  }
  return check_as<double>(metric, before, after);
}

std::string bound_text(const MetricInfo& metric, std::uint64_t bits) { return value_text(value_of(metric.type, bits)); }

}  // namespace

Value value_of(MetricType type, std::uint64_t bits) {
  switch (type) {
    case MetricType::boolean: return bits != 0;
    case MetricType::i64: return std::bit_cast<std::int64_t>(bits);
    case MetricType::u64: return bits;
    case MetricType::f64: break;
  }
  return std::bit_cast<double>(bits);
}

bool breaks_invariant(const MetricInfo& metric, std::uint64_t before, std::uint64_t after) noexcept {
  return check(metric, before, after) != Broken::nothing;
}

std::string broken_invariant(const MetricInfo& metric, std::uint64_t before, std::uint64_t after) {
  switch (check(metric, before, after)) {
    case Broken::nothing: break;
    case Broken::not_a_number: return "not a number";
    case Broken::less: return "less than " + bound_text(metric, *metric.min);
    case Broken::greater: return "greater than " + bound_text(metric, *metric.max);
    case Broken::decreases: return "less than before, and never decreases";
  }
  return {};
}

void Ledger::add(std::uint32_t node, const NodeInfo& info) {
  if (nodes_.size() <= node) nodes_.resize(node + std::size_t{1});
  if (nodes_[node].size() == info.metrics.size()) return;
  nodes_[node].clear();
  for (const MetricInfo& metric : info.metrics)
    nodes_[node].push_back({metric, metric.min || metric.max || metric.never_decreasing, false, 0});
}

Ledger::Account* Ledger::account(const Entry& entry) noexcept {
  if (entry.node >= nodes_.size() || entry.index() >= nodes_[entry.node].size()) return nullptr;
  return &nodes_[entry.node][entry.index()];
}

void Ledger::mark(Entry& entry) noexcept {
  Account* const account = this->account(entry);
  if (account == nullptr) return;
  if (account->known && entry.before != account->last) entry.metric |= flag_unaudited_write;
  if (entry.has(flag_rejected)) return;
  if (account->has_invariant && breaks_invariant(account->metric, entry.before, entry.after))
    entry.metric |= flag_violation;
  account->last = entry.after;
  account->known = true;
}

void Ledger::follow(const Entry& entry) noexcept {
  if (Account* const account = this->account(entry); account != nullptr && !entry.has(flag_rejected)) {
    account->last = entry.after;
    account->known = true;
  }
}

}  // namespace penstock::changelog
