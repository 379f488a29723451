#include "changelog/live_log.hpp"

#include <utility>

#include "changelog/clock.hpp"
#include "changelog/render.hpp"

namespace penstock::changelog {
namespace {

constexpr std::int64_t ns_per_second = 1'000'000'000;

bool has_changed_something(const Change& change) {
  const bool first_value = change.kind == Kind::change && std::holds_alternative<std::monostate>(change.old_value);
  return (change.kind == Kind::change || change.kind == Kind::rejected) && !first_value;
}

bool is_of_the_host(const Change& change) { return change.metric.starts_with("host."); }

}  // namespace

LiveLog::LiveLog(Print print, std::uint64_t lines_per_second)
    : print_(std::move(print)), lines_per_second_(lines_per_second), latest_(folded_.end()) {}

void LiveLog::add(std::span<const Change> changes) {
  if (changes.empty() && wall_time_ns() / ns_per_second > second_) finish();
  for (const Change& change : changes) {
    if (last_sequence_ != 0 && change.sequence > last_sequence_ + 1) unsaid_ += change.sequence - last_sequence_ - 1;
    last_sequence_ = change.sequence;
    if (has_changed_something(change)) add(change);
  }
}

void LiveLog::add(const Change& change) {
  if (const std::int64_t second = change.time_ns / ns_per_second; second != second_) {
    finish();
    second_ = second;
  }
  Folded& folded = find(change);
  const bool first_of_second = folded.change.metric.empty();
  if (first_of_second) folded.change = change;
  if (first_of_second && lines_ < lines_per_second_ / 2 && !is_of_the_host(change)) {
    print_(live_line(change));
    ++lines_;
    return;
  }
  if (folded.count++ == 0) folded.change.old_value = change.old_value;
  folded.change.new_value = change.new_value;
}

// A stage that assigns flat out mostly assigns one metric: the latest is looked at before the map.
LiveLog::Folded& LiveLog::find(const Change& change) {
  const auto is = [&change](const Key& key) {
    return key.kind == change.kind && key.violation == change.violation && key.metric == change.metric &&
           key.node == change.node;
  };
  if (latest_ == folded_.end() || !is(latest_->first))
    latest_ =
        folded_.try_emplace({is_of_the_host(change), change.node, change.metric, change.kind, change.violation}).first;
  return latest_->second;
}

void LiveLog::finish() {
  for (const auto& [key, folded] : folded_) {
    if (folded.count == 0) continue;
    if (lines_ == lines_per_second_) {
      unsaid_ += folded.count;
      continue;
    }
    const std::string many = folded.count > 1 ? " (" + std::to_string(folded.count) + " changes)" : "";
    print_(live_line(folded.change) + many);
    ++lines_;
  }
  if (unsaid_ > 0) print_("[AUDIT] … " + std::to_string(unsaid_) + (unsaid_ == 1 ? " more change" : " more changes"));
  folded_.clear();
  latest_ = folded_.end();
  lines_ = unsaid_ = 0;
}

}  // namespace penstock::changelog
