#include "batch/buffer_pool.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <limits>
#include <mutex>
#include <new>

namespace penstock::batch {
namespace {

constexpr std::size_t alignment = 64;
constexpr unsigned smallest_class = 6;  // 2^6: one cache line
constexpr unsigned largest_class = 22;  // 2^22: 4 MiB
constexpr unsigned unpooled = 0;

}  // namespace

// Stands in front of the memory, so that the memory itself begins on a cache line of its own.
struct alignas(alignment) Block {
  std::atomic<std::uint32_t> shares;
  unsigned size_class;
  std::size_t capacity;
  PoolState* state;
  Block* next;  // in the list of free ones
};
static_assert(sizeof(Block) == alignment);

struct PoolState {
  std::atomic<std::size_t> users{1};  // the pool, and every block that is out
  std::mutex mutex;
  std::array<Block*, largest_class + 1> free{};

  void leave() noexcept;
};

namespace {

void free_block(Block* block) noexcept {
  block->~Block();
  ::operator delete(block, std::align_val_t(alignment));
}

}  // namespace

void PoolState::leave() noexcept {
  if (users.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  for (Block* first : free)
    while (first != nullptr) free_block(std::exchange(first, first->next));
  delete this;
}

Buffer::Buffer(const Buffer& other) noexcept : block_(other.block_) {
  if (block_ != nullptr) block_->shares.fetch_add(1, std::memory_order_relaxed);
}

std::byte* Buffer::data() const noexcept {
  return block_ == nullptr ? nullptr : reinterpret_cast<std::byte*>(block_ + 1);
}

std::size_t Buffer::capacity() const noexcept { return block_ == nullptr ? 0 : block_->capacity; }

bool Buffer::is_unique() const noexcept {
  return block_ != nullptr && block_->shares.load(std::memory_order_acquire) == 1;
}

void Buffer::give_back() noexcept {
  if (block_->shares.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  PoolState* const state = block_->state;
  if (block_->size_class == unpooled) {
    free_block(block_);
  } else {
    const std::lock_guard lock(state->mutex);
    block_->next = std::exchange(state->free[block_->size_class], block_);
  }
  state->leave();
}

BufferPool::BufferPool() : state_(new PoolState) {}

BufferPool::~BufferPool() { state_->leave(); }

Buffer BufferPool::take(std::size_t bytes) {
  const unsigned wanted = static_cast<unsigned>(std::bit_width(bytes > 1 ? bytes - 1 : 0));
  const bool pooled = wanted <= largest_class;
  const unsigned size_class = !pooled ? unpooled : wanted < smallest_class ? smallest_class : wanted;
  if (pooled) {
    const std::lock_guard lock(state_->mutex);
    if (Block* const block = state_->free[size_class]) {
      state_->free[size_class] = block->next;
      block->shares.store(1, std::memory_order_relaxed);
      state_->users.fetch_add(1, std::memory_order_relaxed);
      return Buffer(block);
    }
  }
  const std::size_t capacity = pooled ? std::size_t{1} << size_class : bytes;
  if (capacity > std::numeric_limits<std::size_t>::max() - 2 * alignment) throw std::bad_alloc();
  void* const memory = ::operator new(sizeof(Block) + capacity, std::align_val_t(alignment));
  Block* const block = new (memory) Block{{1}, size_class, capacity, state_, nullptr};
  state_->users.fetch_add(1, std::memory_order_relaxed);
  return Buffer(block);
}

}  // namespace penstock::batch
