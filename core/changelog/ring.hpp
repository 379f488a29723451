#pragma once

#include <atomic>
#include <cstdint>

#include "changelog/clock.hpp"
#include "changelog/entry.hpp"

namespace penstock::changelog {

/** What tells the threads of the process apart, at the price of one load. */
[[nodiscard]] inline std::uintptr_t this_thread() noexcept {
#if defined(__x86_64__)
  std::uintptr_t pointer;
  asm("movq %%fs:0, %0" : "=r"(pointer));
  return pointer;
#else
  return reinterpret_cast<std::uintptr_t>(__builtin_thread_pointer());
#endif
}

/** The writing end of a ring of entries in a mapped file (ring_file.hpp has the layout): one writing thread at a time, one
 *  reading collector, no lock. An entry is in the ring for good, also for a reader after `kill -9`, once try_push() is back. */
class alignas(64) Ring {  // on lines of its own: the collector reads what stands beside it
 public:
  /** `slots`, `head` and `tail` are in the mapping, which outlives this. `capacity` is a power of two. */
  Ring(Entry* slots, std::uint64_t capacity, std::uint64_t& head, std::uint64_t& tail, Clock& clock) noexcept
      : slots_(slots), mask_(capacity - 1), limit_(capacity), head_(&head), clock_(&clock), tail_(&tail) {}

  /** Stamps the entry with the time and puts it in. False: full, as far as this thread knows; see has_room(). */
  bool try_push(const Entry& entry) noexcept {
    const std::uint64_t at = next_;
    if (at == limit_) [[unlikely]]
      return false;
    std::int64_t stamp = clock_->published();
    if (stamp == 0) {
      if (at % Clock::rush_reads == 0) [[unlikely]]
        clock_->check_rush(last_mark_ns_);
      stamp = clock_->read();
    }
    Entry& slot = slots_[at & mask_];
    slot.time_ns = stamp;
    slot.node = entry.node;
    slot.metric = entry.metric;
    slot.before = entry.before;
    slot.after = entry.after;
    next_ = at + 1;
    std::atomic_ref(*head_).store(at + 1, std::memory_order_release);
    return true;
  }

  /** Looks how far the collector is. The writer only. */
  [[nodiscard]] bool has_room() noexcept {
    limit_ = std::atomic_ref(*tail_).load(std::memory_order_acquire) + mask_ + 1;
    return next_ != limit_;
  }

 private:
  Entry* slots_;
  std::uint64_t mask_;
  std::uint64_t next_ = 0;
  std::uint64_t limit_;
  std::uint64_t* head_;
  Clock* clock_;
  std::uint64_t* tail_;
  std::int64_t last_mark_ns_ = 0;
};

}  // namespace penstock::changelog
