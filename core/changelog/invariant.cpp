#include "changelog/invariant.hpp"

#include <bit>
#include <cmath>

#include "changelog/render.hpp"

namespace penstock::changelog {
namespace {

enum class Broken : std::uint8_t { nothing, not_a_number, less, greater, decreases };

template <class T>
Broken check(const MetricInfo& metric, T before, T after) noexcept {
  // Compared as long double, whose 64 bits hold every i64, u64 and double: 2^63 + 1 must not pass a limit of 2^63.
  const auto value = static_cast<long double>(after);
  if (metric.min && value < *metric.min) return Broken::less;
  if (metric.max && value > *metric.max) return Broken::greater;
  if (metric.never_decreasing && after < before) return Broken::decreases;
  return Broken::nothing;
}

Broken check(const MetricInfo& metric, std::uint64_t before, std::uint64_t after) noexcept {
  switch (metric.type) {
    case MetricType::boolean: return check<int>(metric, before != 0, after != 0);
    case MetricType::i64:
      return check<std::int64_t>(metric, std::bit_cast<std::int64_t>(before), std::bit_cast<std::int64_t>(after));
    case MetricType::u64: return check<std::uint64_t>(metric, before, after);
    case MetricType::f64: break;
  }
  const auto value = std::bit_cast<double>(after);
  const bool has_any = metric.min || metric.max || metric.never_decreasing;
  if (has_any && std::isnan(value)) return Broken::not_a_number;
  return check<double>(metric, std::bit_cast<double>(before), value);
}

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
    case Broken::less: return "less than " + value_text(*metric.min);
    case Broken::greater: return "greater than " + value_text(*metric.max);
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
