#include "execution/chain.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "batch/append.hpp"

namespace penstock::execution {

Chain::Chain(pipeline::Plan& plan, Context& context) : context_(context) {
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (plan.partitions && i == plan.partitions->first) {
      partitions_ = std::make_unique<Partitions>(plan, context);
      behind_partitions_ = nodes_.size();
    }
    if (plan.partitions && i >= plan.partitions->first && i < plan.partitions->end) continue;
    nodes_.push_back(std::make_unique<Node>(plan.nodes[i], nodes_.size(), context, *this));
    if (auto* const recorder = NodeHost::of(*plan.nodes[i].host).recorder()) recorder->own();
  }
}

bool Chain::open() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (!nodes_[i]->open()) return false;
    if (partitions_ && i == behind_partitions_ && !partitions_->open()) return false;
  }
  if (partitions_) partitions_->start();
  return true;
}

void Chain::close() {
  if (partitions_) {
    finish_rounds();
    partitions_->stop();
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (partitions_ && i == behind_partitions_) partitions_->close();
    nodes_[i]->close();
  }
  if (partitions_) partitions_->hand_over();
}

void Chain::take_in(batch::Batch& batch) {
  const std::int64_t most = context_.options.batch_rows;
  if (waiting_.rows + batch.rows > most || !batch::fits_behind(waiting_, batch)) pass_on_waiting();
  if (source().plan().max_delay.count() == 0 || batch.rows >= most) {
    pass_on_waiting();
    (void)push(1, batch);
    return;
  }
  try {
    batch::append(waiting_, batch, most, context_.pool());
  } catch (const std::bad_alloc&) {  // then they do not wait
    pass_on_waiting();
    (void)push(1, batch);
    return;
  }
  if (waiting_.rows == most) pass_on_waiting();
}

std::int64_t Chain::waiting_until() const noexcept {
  if (waiting_.rows == 0) return never;
  const std::int64_t delay = nodes_.front()->plan().max_delay.count();
  return delay > never - waiting_.ingest_ns ? never : waiting_.ingest_ns + delay;
}

void Chain::pass_on_waiting() {
  if (waiting_.rows == 0) return;
  batch::Batch batch = std::exchange(waiting_, {});
  (void)push(1, batch);
}

bool Chain::push(std::size_t node, batch::Batch& batch) {
  if (batch.rows > context_.options.batch_rows) {
    bool wanted = true;
    batch::Batch part;
    for (std::int64_t first = 0; first < batch.rows; first += context_.options.batch_rows) {
      batch::slice(batch, first, std::min(context_.options.batch_rows, batch.rows - first), part);
      wanted = push(node, part);  // also when nothing is wanted: the rows are accounted there
    }
    return wanted;
  }
  return pass_on(node, batch);
}

bool Chain::pass_on(std::size_t node, batch::Batch& batch) {
  bool wanted = true;
  for (; node < nodes_.size() && batch.rows > 0; ++node) {
    if (partitions_ && node == behind_partitions_) return give(batch) && wanted;
    if (nodes_[node]->process(batch) != Answer::ok) wanted = false;
  }
  return wanted;
}

bool Chain::give(batch::Batch& batch) try {
  partitions_->give(batch);
  batch.rows = 0;
  bool wanted = true;
  while (partitions_->given() > partitions_->most()) wanted = take_round();
  return wanted && is_open();
} catch (const std::bad_alloc&) {
  context_.ledger.lose(std::exchange(batch.rows, 0), batch.origin);
  partitions_->fail_without_memory();
  return false;
}

bool Chain::take_round() try {
  bool wanted = partitions_->take(merged_);
  if (context_.stop.level() >= 2) context_.ledger.lose(std::exchange(merged_.rows, 0), merged_.origin);
  for (std::size_t node = behind_partitions_; node < nodes_.size() && merged_.rows > 0; ++node)
    if (nodes_[node]->process(merged_) != Answer::ok) wanted = false;
  merged_.columns.clear();
  return wanted;
} catch (const std::bad_alloc&) {
  partitions_->fail_without_memory();
  return false;
}

void Chain::finish_rounds() {
  while (partitions_ && partitions_->given() > 0) (void)take_round();
}

void Chain::tick(std::int64_t now_ns) {
  for (std::size_t i = 1; i < nodes_.size() && is_open(); ++i)
    if (nodes_[i]->is_due(now_ns)) (void)nodes_[i]->tick(now_ns);
  if (partitions_) partitions_->tick(now_ns);
}

void Chain::flush_if_due() {
  const std::uint64_t every = sink().plan().flush_every_rows;
  if (every > 0 && sink().unflushed() >= every && sink().state() == Node::State::open) flush_sink();
}

void Chain::flush_sink() {
  if (sink().flush() != Answer::ok) return;
  std::uint64_t bound = context_.ledger.first_lost;
  for (const auto& node : nodes_) bound = std::min(bound, node->first_held());
  if (partitions_) bound = std::min(bound, partitions_->first_held());
  if (waiting_.rows > 0) bound = std::min(bound, waiting_.origin);
  (void)source().acknowledge(bound);
}

// A run that failed before a row came leaves what the sink would replace as it was.
bool Chain::is_worth_flushing() {
  if (sink().state() == Node::State::failed) return false;
  const bool has_failed =
      std::ranges::any_of(nodes_, [](const auto& node) { return node->state() == Node::State::failed; }) ||
      (partitions_ && partitions_->has_failed());
  return !has_failed || sink().unflushed() > 0;
}

void Chain::drain() {
  finish_rounds();
  // Rows can only pass behind the last node that takes no more: what is held before it stays where it is.
  std::size_t first = 1;
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    if (nodes_[i]->state() == Node::State::ended) first = i;
    if (nodes_[i]->state() == Node::State::failed) first = i + 1;
  }
  if (partitions_ && !partitions_->is_open()) first = std::max(first, behind_partitions_);
  for (std::size_t i = first; i < nodes_.size() && context_.stop.level() < 2; ++i) {
    if (partitions_ && i == behind_partitions_) {
      finish_rounds();
      partitions_->stop();
      partitions_->flush();
    }
    if (i + 1 < nodes_.size()) (void)nodes_[i]->flush();
  }
  finish_rounds();
  if (partitions_) partitions_->stop();
  if (is_worth_flushing() && context_.stop.level() < 2) flush_sink();
  for (const auto& node : nodes_) node->lose_unflushed();
  if (partitions_) partitions_->lose_unflushed();
}

std::vector<NodeTotals> Chain::totals() const {
  std::vector<NodeTotals> totals;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    for (std::size_t k = 0; partitions_ && i == behind_partitions_ && k < partitions_->nodes(); ++k)
      totals.push_back(partitions_->totals(k));
    totals.push_back(nodes_[i]->totals());
  }
  return totals;
}

bool Chain::is_open() const noexcept {
  return std::ranges::all_of(nodes_.begin() + 1, nodes_.end(),
                             [](const auto& node) { return node->state() == Node::State::open; }) &&
         (!partitions_ || partitions_->is_open());
}

std::int64_t Chain::next_alarm() const noexcept {
  std::int64_t next = never;
  for (std::size_t i = 1; i < nodes_.size(); ++i) next = std::min(next, nodes_[i]->alarm());
  if (partitions_) next = std::min(next, partitions_->next_alarm());
  return next;
}

}  // namespace penstock::execution
