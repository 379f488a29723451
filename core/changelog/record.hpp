#pragma once

#include <atomic>
#include <cstdint>

#include "changelog/entry.hpp"
#include "changelog/ring.hpp"

namespace penstock::changelog {

class RingFile;
class RingSet;

/** Where one node records its metrics. The hot path of the log: no lock on the thread that owns the node, nowhere an
 *  allocation or a text. */
class Recorder {
 public:
  Recorder(RingSet& rings, std::uint32_t node) noexcept : rings_(&rings), node_(node) {}
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /** One that keeps nothing: what a run without a change log gives its nodes. Lives for ever. */
  [[nodiscard]] static Recorder& null() noexcept;

  /** Records an assignment: `metric` counts in the order of NodeInfo::metrics, values are bits by the metric's type. Any
   *  thread: the owner writes to its own ring, every other one to a shared ring behind a mutex. Waits while the ring is
   *  full, never drops. */
  void record(std::uint32_t metric, std::uint64_t before, std::uint64_t after, bool accepted) noexcept {
    const Entry entry{0, node_, metric_and_flags(metric, accepted), before, after};
    if (owner_.load(std::memory_order_relaxed) == this_thread() && writer_->try_push(entry)) [[likely]]
      return;
    record_slowly(entry);
  }

  /** From now on the calling thread is the one that calls into the node. Between two calls into the node only. */
  void own() noexcept;

 private:
  constexpr Recorder() noexcept = default;

  void record_slowly(const Entry& entry) noexcept;

  std::atomic<std::uintptr_t> owner_ = 0;  ///< this_thread() of the owner; 0: nobody yet, all goes to the shared ring
  Ring* writer_ = nullptr;                 ///< of `ring_`
  RingFile* ring_ = nullptr;               ///< the owner's; only the owner reads it
  RingSet* rings_ = nullptr;               ///< null: keeps nothing
  std::uint32_t node_ = 0;
};

}  // namespace penstock::changelog
