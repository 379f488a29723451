#include "changelog/record.hpp"

#include "changelog/ring_set.hpp"

namespace penstock::changelog {

Recorder& Recorder::null() noexcept {
  static Recorder nothing;
  return nothing;
}

void Recorder::record_slowly(const Entry& entry) noexcept {
  if (rings_ == nullptr) return;
  const bool is_owner = owner_.load(std::memory_order_relaxed) == this_thread();
  rings_->push(is_owner ? ring_ : nullptr, entry);
}

void Recorder::own() noexcept {
  if (rings_ == nullptr || owner_.load(std::memory_order_relaxed) == this_thread()) return;
  RingFile* const ring = rings_->mine();
  rings_->hand_over(node_, ring_, ring);
  ring_ = ring;
  writer_ = ring != nullptr ? &ring->writer() : nullptr;
  owner_.store(ring != nullptr ? this_thread() : 0, std::memory_order_relaxed);
}

}  // namespace penstock::changelog
