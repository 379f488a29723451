#include "changelog/ring_set.hpp"

#include <sched.h>

#include <chrono>
#include <exception>
#include <string>
#include <thread>

namespace penstock::changelog {
namespace {

constexpr std::size_t most_rings = 65535;  // the table of a block counts them in 16 bits

std::filesystem::path ring_name(std::uint32_t run, std::size_t index) {
  std::string name = std::to_string(run);
  if (name.size() < 6) name.insert(0, 6 - name.size(), '0');
  return name + "-" + std::to_string(index) + ".ring";
}

}  // namespace

RingFile* RingSet::add(Diagnostics& found) {
  if (rings_.size() == most_rings) return nullptr;
  auto ring = RingFile::create(directory_ / ring_name(run_, rings_.size()), std::uint64_t{run_} << 16 | rings_.size(),
                               ring_bytes_, anchor_, clock_, found);
  if (!ring) return nullptr;
  rings_.push_back(std::move(*ring));
  count_.store(rings_.size(), std::memory_order_release);
  return &rings_.back();
}

bool RingSet::open(Diagnostics& found) {
  const std::lock_guard lock(list_mutex_);
  shared_ = add(found);
  return shared_ != nullptr;
}

RingFile* RingSet::mine() noexcept {
  try {
    const std::lock_guard lock(list_mutex_);
    RingFile*& ring = by_thread_[this_thread()];
    // A thread that gets no ring of its own is slower, not lost: the shared one takes what it records.
    Diagnostics unsaid;
    if (ring == nullptr) ring = add(unsaid);
    return ring;
  } catch (const std::exception&) {
    return nullptr;
  }
}

void RingSet::push(RingFile* ring, const Entry& entry) noexcept {
  if (ring != nullptr) return wait_and_push(*ring, entry);
  const std::lock_guard lock(shared_mutex_);
  wait_and_push(*shared_, entry);
}

void RingSet::hand_over(std::uint32_t node, RingFile* from, RingFile* to) noexcept {
  if (from == to) return;
  const RingFile& before = from != nullptr ? *from : *shared_;
  if (const std::uint64_t head = before.head(); head > 0)
    push(to, {0, node, metric_mask | flag_handover, before.number(), head});
}

void RingSet::wait_and_push(RingFile& ring, const Entry& entry) noexcept {
  Ring& writer = ring.writer();
  if (writer.try_push(entry) || (writer.has_room() && writer.try_push(entry))) return;

  // Full: wait. Dropping would make the log lie, growing would make memory depend on the slowest disk. The wait is counted.
  ring.count_wait();
  for (unsigned turn = 0; !writer.has_room(); ++turn) {
    if (has_given_up()) {
      ring.count_lost();
      return;
    }
    if (turn == 0) clock_.ring_bell();
    if (turn < 100)
      sched_yield();
    else
      std::this_thread::sleep_for(std::chrono::microseconds(50));
  }
  (void)writer.try_push(entry);
}

void RingSet::set_anchor(const TickAnchor& anchor) noexcept {
  const std::lock_guard lock(list_mutex_);
  anchor_ = anchor;
  for (RingFile& ring : rings_) ring.set_anchor(anchor);
}

std::uint64_t RingSet::lost() noexcept {
  const std::lock_guard lock(list_mutex_);
  std::uint64_t lost = 0;
  for (const RingFile& ring : rings_) lost += ring.lost();
  return lost;
}

void RingSet::forget_lost() noexcept {
  const std::lock_guard lock(list_mutex_);
  for (RingFile& ring : rings_) ring.forget_lost();
}

void RingSet::list(std::vector<RingFile*>& rings) {
  if (rings.size() == count_.load(std::memory_order_acquire)) return;
  const std::lock_guard lock(list_mutex_);
  rings.clear();
  for (RingFile& ring : rings_) rings.push_back(&ring);
}

}  // namespace penstock::changelog
