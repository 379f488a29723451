#include "execution/partitions.hpp"

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "batch/partition.hpp"
#include "execution/signal_stack.hpp"

namespace penstock::execution {

Partitions::Lane::Lane(pipeline::Plan& plan, std::size_t index, Context& run)
    : context{run.hosts, run.options, run.stop, found} {
  const pipeline::Partitions& region = *plan.partitions;
  for (std::size_t i = region.first; i < region.end; ++i) {
    pipeline::NodePlan& node = index == 0 ? plan.nodes[i] : plan.partitions->copies[index - 1][i - region.first];
    nodes.push_back(std::make_unique<Node>(node, i, context, *this));
    alarms.push_back({nodes.back().get()});
  }
}

void Partitions::Lane::own() {
  for (const auto& node : nodes)
    if (auto* const recorder = NodeHost::of(*node->plan().host).recorder()) recorder->own();
}

Partitions::Outcome Partitions::Lane::process(batch::Batch& part) {
  Outcome outcome;
  for (const auto& node : nodes) {
    if (part.rows == 0) break;
    const bool was_open = node->state() == Node::State::open;
    if (node->process(part) == Answer::failed && was_open) outcome.end = std::min(outcome.end, node->failed_row());
  }
  outcome.first_lost = context.ledger.first_lost;
  outcome.is_open = std::ranges::all_of(nodes, [](const auto& node) { return node->state() == Node::State::open; });
  return outcome;
}

Partitions::Partitions(pipeline::Plan& plan, Context& context) : plan_(plan), context_(context) {
  for (std::size_t i = 0; i < plan.partitions->count(); ++i) {
    lanes_.push_back(std::make_unique<Lane>(plan, i, context));
    lanes_.back()->own();
  }
  idle_.reserve(lanes_.size() + 3);  // one more than most() and the one that give() is at
}

bool Partitions::open() {
  const auto opens = [](const auto& lane) {
    return std::all_of(lane->nodes.rbegin(), lane->nodes.rend(), [](const auto& node) { return node->open(); });
  };
  return std::ranges::all_of(lanes_, opens);
}

void Partitions::start() {
  const std::size_t threads = std::min<std::size_t>(context_.options.threads, lanes_.size());
  if (threads < 2) return;
  for (std::size_t i = 0; i < threads; ++i) {
    auto worker = std::make_unique<Worker>();
    for (std::size_t lane = i; lane < lanes_.size(); lane += threads) worker->lanes.push_back(lane);
    workers_.push_back(std::move(worker));
  }
  try {
    for (const auto& worker : workers_) worker->thread = std::thread([this, &worker = *worker] { work(worker); });
  } catch (const std::system_error&) {  // too many threads on this machine: then without
    stop();
  }
}

void Partitions::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    for (const auto& worker : workers_) worker->is_there.notify_one();
  }
  for (const auto& worker : workers_)
    if (worker->thread.joinable()) worker->thread.join();
  if (!workers_.empty())
    for (const auto& lane : lanes_) lane->own();
  workers_.clear();
}

void Partitions::close() {
  for (const auto& lane : lanes_)
    for (const auto& node : lane->nodes) node->close();
}

// What was asked for before the stop is done before it.
void Partitions::work(Worker& worker) {
  const SignalStack stack;
  for (const std::size_t lane : worker.lanes) lanes_[lane]->own();
  std::unique_lock lock(mutex_);
  for (;;) {
    worker.is_there.wait(lock, [&] { return !worker.tasks.empty() || is_stopping_; });
    if (worker.tasks.empty()) return;
    const Task task = worker.tasks.pop();
    if (task.alarm != nullptr) task.alarm->is_queued = false;  // one that is set from now on is another
    lock.unlock();
    if (task.round != nullptr)
      run(*task.round, task.lane);
    else
      (void)task.alarm->node->tick(steady_ns());
    lock.lock();
    if (task.round != nullptr && --task.round->left == 0) is_done_.notify_one();
  }
}

void Partitions::run(Round& round, std::size_t lane) {
  round.outcomes[lane] = lanes_[lane]->process(round.parts[lane]);
}

std::unique_ptr<Partitions::Round> Partitions::next_round() {
  if (idle_.empty()) {
    auto made = std::make_unique<Round>();
    made->parts.resize(lanes_.size());
    made->outcomes.resize(lanes_.size());
    return made;
  }
  auto round = std::move(idle_.back());
  idle_.pop_back();
  return round;
}

void Partitions::give(const batch::Batch& batch) {
  std::unique_ptr<Round> round = next_round();
  batch::split(batch, plan_.partitions->by, round->parts, context_.pool());
  round->rows = batch.rows;
  round->origin = batch.origin;
  round->left = 0;
  std::ranges::fill(round->outcomes, Outcome{});
  rounds_.push(std::move(round));
  Round& given = *rounds_.back();
  if (workers_.empty()) {
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
      if (given.parts[lane].rows > 0) run(given, lane);
    return;
  }
  const std::lock_guard lock(mutex_);
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    if (given.parts[lane].rows == 0) continue;
    if (hand_out({&given, lane, nullptr}))
      ++given.left;
    else  // the parts that were handed out before it come back all the same
      lose(given.parts[lane]);
  }
}

// The lock is held. False: there is no memory for it, which ends the run.
bool Partitions::hand_out(const Task& task) try {
  Worker& worker = *workers_[task.lane % workers_.size()];
  worker.tasks.push(task);
  worker.is_there.notify_one();
  return true;
} catch (const std::bad_alloc&) {
  fail_without_memory();
  return false;
}

bool Partitions::take(batch::Batch& merged) {
  std::unique_ptr<Round> round = rounds_.pop();
  {
    std::unique_lock lock(mutex_);
    is_done_.wait(lock, [&] { return round->left == 0; });
  }
  const auto first = std::ranges::min_element(round->outcomes, {}, &Outcome::end);
  if (first->end != Outcome{}.end && !failed_lane_)
    failed_lane_ = static_cast<std::size_t>(first - round->outcomes.begin());
  for (const Outcome& outcome : round->outcomes) context_.ledger.keep_from(outcome.first_lost);
  for (batch::Batch& part : round->parts) {
    std::int64_t passing = is_open_ ? part.rows : 0;
    while (passing > 0 && part.row_numbers()[passing - 1] >= first->end) --passing;
    context_.ledger.lose(part.rows - passing, round->origin);
    part.rows = passing;
  }
  is_open_ = is_open_ && std::ranges::all_of(round->outcomes, &Outcome::is_open);
  try {
    batch::merge(round->parts, round->rows, context_.pool(), merged);
  } catch (...) {
    for (batch::Batch& part : round->parts) lose(part);
    throw;
  }
  for (batch::Batch& part : round->parts) part.columns.clear();
  idle_.push_back(std::move(round));
  return is_open_;
}

void Partitions::lose(batch::Batch& part) noexcept { context_.ledger.lose(std::exchange(part.rows, 0), part.origin); }

void Partitions::fail_without_memory() {
  if (is_out_of_memory_) return;
  is_open_ = false;
  is_out_of_memory_ = true;
  context_.found.add(no_memory(lanes_.front()->nodes.front()->call_of("process")));
}

void Partitions::tick(std::int64_t now_ns) {
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
    for (Alarm& alarm : lanes_[lane]->alarms) {
      if (!alarm.node->is_due(now_ns)) continue;
      if (workers_.empty()) {
        (void)alarm.node->tick(now_ns);
        continue;
      }
      alarm.node->clear_alarm();
      const std::lock_guard lock(mutex_);
      if (!alarm.is_queued) alarm.is_queued = hand_out({nullptr, lane, &alarm});
    }
}

void Partitions::flush() {
  for (const auto& lane : lanes_)
    for (const auto& node : lane->nodes)
      if (context_.stop.level() < 2) (void)node->flush();
}

bool Partitions::has_failed() const noexcept {
  const auto failed = [](const auto& node) { return node->state() == Node::State::failed; };
  return is_out_of_memory_ ||
         std::ranges::any_of(lanes_, [&](const auto& lane) { return std::ranges::any_of(lane->nodes, failed); });
}

std::int64_t Partitions::next_alarm() const noexcept {
  std::int64_t next = never;
  for (const auto& lane : lanes_)
    for (const auto& node : lane->nodes) next = std::min(next, node->alarm());
  return next;
}

std::uint64_t Partitions::first_held() const noexcept {
  std::uint64_t first = std::numeric_limits<std::uint64_t>::max();
  for (std::size_t i = 0; i < rounds_.size(); ++i) first = std::min(first, rounds_[i]->origin);
  return first;
}

void Partitions::lose_unflushed() noexcept {
  for (const auto& lane : lanes_)
    for (const auto& node : lane->nodes) node->lose_unflushed();
}

NodeTotals Partitions::totals(std::size_t index) const {
  NodeTotals sum = lanes_.front()->nodes[index]->totals();
  for (std::size_t lane = 1; lane < lanes_.size(); ++lane) sum.add(lanes_[lane]->nodes[index]->totals());
  return sum;
}

// Of several failures at once one is said: the first by batch and row is the one that a run without partitions has.
void Partitions::hand_over() {
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    context_.ledger.add(lanes_[lane]->context.ledger);
    if (!failed_lane_ || *failed_lane_ == lane) context_.found.add(lanes_[lane]->found);
  }
}

}  // namespace penstock::execution
