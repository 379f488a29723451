#include "execution/chain.hpp"

#include <algorithm>

namespace penstock::execution {

Chain::Chain(pipeline::Plan& plan, Context& context) : context_(context) {
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    nodes_.push_back(std::make_unique<Node>(plan.nodes[i], i, context, *this));
    if (auto* const recorder = NodeHost::of(*plan.nodes[i].host).recorder()) recorder->own();
  }
}

bool Chain::open() {
  return std::all_of(nodes_.rbegin(), nodes_.rend(), [](const auto& node) { return node->open(); });
}

void Chain::close() {
  for (const auto& node : nodes_) node->close();
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
  bool wanted = true;
  for (; node < nodes_.size() && batch.rows > 0; ++node)
    if (nodes_[node]->process(batch) != Answer::ok) wanted = false;
  return wanted;
}

void Chain::tick(std::int64_t now_ns) {
  for (std::size_t i = 1; i < nodes_.size() && is_open(); ++i)
    if (nodes_[i]->is_due(now_ns)) (void)nodes_[i]->tick(now_ns);
}

void Chain::flush_if_due() {
  const std::uint64_t every = sink().plan().flush_every_rows;
  if (every > 0 && sink().unflushed() >= every && sink().state() == Node::State::open) flush_sink();
}

void Chain::flush_sink() {
  if (sink().flush() != Answer::ok) return;
  std::uint64_t bound = context_.ledger.first_lost;
  for (const auto& node : nodes_) bound = std::min(bound, node->first_held());
  (void)source().acknowledge(bound);
}

// A run that failed before a row came leaves what the sink would replace as it was.
bool Chain::is_worth_flushing() {
  if (sink().state() == Node::State::failed) return false;
  const bool has_failed =
      std::ranges::any_of(nodes_, [](const auto& node) { return node->state() == Node::State::failed; });
  return !has_failed || sink().unflushed() > 0;
}

void Chain::drain() {
  // Rows can only pass behind the last node that takes no more: what is held before it stays where it is.
  std::size_t first = 1;
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    if (nodes_[i]->state() == Node::State::ended) first = i;
    if (nodes_[i]->state() == Node::State::failed) first = i + 1;
  }
  for (std::size_t i = first; i + 1 < nodes_.size() && context_.stop.level() < 2; ++i) (void)nodes_[i]->flush();
  if (is_worth_flushing() && context_.stop.level() < 2) flush_sink();
  for (const auto& node : nodes_) node->lose_unflushed();
}

bool Chain::is_open() const noexcept {
  return std::ranges::all_of(nodes_.begin() + 1, nodes_.end(),
                             [](const auto& node) { return node->state() == Node::State::open; });
}

std::int64_t Chain::next_alarm() const noexcept {
  std::int64_t next = never;
  for (std::size_t i = 1; i < nodes_.size(); ++i) next = std::min(next, nodes_[i]->alarm());
  return next;
}

}  // namespace penstock::execution
