#pragma once

#include <cstddef>
#include <utility>

namespace penstock::batch {

struct Block;
struct PoolState;

/** A share of one piece of memory, 64-byte aligned. Copies share it; the last one gives it back to its pool, from any
 *  thread, also after the pool itself is gone. */
class Buffer {
 public:
  Buffer() noexcept = default;
  Buffer(const Buffer& other) noexcept;
  Buffer(Buffer&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  Buffer& operator=(Buffer other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~Buffer() {
    if (block_ != nullptr) give_back();
  }

  explicit operator bool() const noexcept { return block_ != nullptr; }
  [[nodiscard]] std::byte* data() const noexcept;       ///< null if there is none
  [[nodiscard]] std::size_t capacity() const noexcept;  ///< bytes; 0 if there are none
  [[nodiscard]] bool is_unique() const noexcept;        ///< nobody else holds a share: it may be written

 private:
  friend class BufferPool;
  explicit Buffer(Block* block) noexcept : block_(block) {}
  void give_back() noexcept;

  Block* block_ = nullptr;
};

/** Where the memory of batches comes from and goes back to: what was given back is taken again, so that the steady state
 *  allocates nothing. Keeps what it once had, up to 4 MiB a piece; larger pieces are freed at once. Any thread. */
class BufferPool {
 public:
  BufferPool();
  ~BufferPool();
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  /** At least `bytes` (the next power of two) with unspecified content. Throws std::bad_alloc. */
  [[nodiscard]] Buffer take(std::size_t bytes);

 private:
  PoolState* state_;  // shared with every buffer that is out; the last of them and this frees it
};

}  // namespace penstock::batch
