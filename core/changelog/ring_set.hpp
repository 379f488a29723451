#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "changelog/clock.hpp"
#include "changelog/ring_file.hpp"

namespace penstock::changelog {

/** The rings of one run: one for each thread that owns a node, and a shared one for all other threads. */
class RingSet {
 public:
  RingSet(std::filesystem::path directory, std::uint32_t run, std::uint64_t ring_bytes, Clock& clock) noexcept
      : directory_(std::move(directory)), run_(run), ring_bytes_(ring_bytes), clock_(clock) {}

  /** Makes the shared ring. */
  [[nodiscard]] bool open(Diagnostics& found);

  /** The ring of the calling thread, made at the first call; null: it cannot be made. */
  [[nodiscard]] RingFile* mine() noexcept;

  /** Puts an entry of the calling thread into its own ring, or the shared one when `ring` is null; waits for room. */
  void push(RingFile* ring, const Entry& entry) noexcept;

  /** Keeps the order of a node that goes over from one ring to another; null is the shared one. The thread of `to`, with all
   *  that the node recorded in `from` before this call. */
  void hand_over(std::uint32_t node, RingFile* from, RingFile* to) noexcept;

  /** From now on nobody empties the rings: who finds no room does not wait. */
  void give_up() noexcept { given_up_.store(true, std::memory_order_relaxed); }
  void resume() noexcept { given_up_.store(false, std::memory_order_relaxed); }
  [[nodiscard]] bool has_given_up() const noexcept { return given_up_.load(std::memory_order_relaxed); }

  /** Assignments that found no room after that, and are nowhere. Each ring keeps its number, also for who recovers it. */
  [[nodiscard]] std::uint64_t lost() noexcept;
  void forget_lost() noexcept;  ///< the log says it now

  /** Collector, or before there is one: notes what ticks mean in every ring of now and later. */
  void set_anchor(const TickAnchor& anchor) noexcept;

  /** Collector: brings its list up to date. Rings are only ever added. */
  void list(std::vector<RingFile*>& rings);

 private:
  [[nodiscard]] RingFile* add(Diagnostics& found);
  void wait_and_push(RingFile& ring, const Entry& entry) noexcept;

  std::filesystem::path directory_;
  std::uint32_t run_;
  std::uint64_t ring_bytes_;
  Clock& clock_;

  std::mutex list_mutex_;
  TickAnchor anchor_;
  std::deque<RingFile> rings_;
  std::map<std::uintptr_t, RingFile*> by_thread_;
  std::atomic<std::size_t> count_ = 0;

  std::mutex shared_mutex_;
  RingFile* shared_ = nullptr;

  std::atomic<bool> given_up_ = false;
};

}  // namespace penstock::changelog
