#include "batch/key_table.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <limits>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace penstock::batch {
namespace {

constexpr std::size_t first_slots = 1024;  // a power of two
constexpr std::size_t first_bytes = 16 * 1024;

// One cell of the hash table: the upper half of the hash above, the code + 1 below; 0 is free. One word, so that a
// reader without a lock sees all of it or none.
using Cell = std::atomic<std::uint64_t>;

constexpr std::uint64_t cell(std::uint64_t hash, std::int32_t code) noexcept {
  return (hash >> 32 << 32) | (static_cast<std::uint64_t>(code) + 1);
}
constexpr std::int32_t code_in(std::uint64_t cell) noexcept {
  return static_cast<std::int32_t>((cell & 0xffffffffu) - 1);
}

// Texts and where they begin. When one part is full, a larger generation takes a copy and the old one stays for who
// still reads it; each is at least twice the one before, so all old ones together are smaller than the newest. A part
// that was not full is shared with the old generation.
struct Texts {
  std::shared_ptr<std::int32_t[]> offsets;
  std::shared_ptr<char[]> bytes;
  std::size_t offset_capacity = 0, byte_capacity = 0;
};

struct Slots {
  std::size_t mask;
  std::unique_ptr<Cell[]> cells;
};

}  // namespace

struct KeyMemory {
  explicit KeyMemory(std::int32_t max) : max_keys(max) {}

  std::int32_t find(std::string_view text, std::uint64_t hash) const noexcept;
  std::int32_t add(std::string_view text, std::uint64_t hash);
  void grow_slots();
  void reserve(std::size_t keys, std::size_t bytes);

  std::int32_t max_keys;
  std::atomic<std::int32_t> size{0};
  std::atomic<const Slots*> slots{nullptr};
  std::atomic<const Texts*> texts{nullptr};

  mutable std::mutex mutex;  // of the writers; guards what follows
  std::vector<std::unique_ptr<Slots>> all_slots;
  std::vector<std::unique_ptr<Texts>> all_texts;
};

std::int32_t KeyMemory::find(std::string_view text, std::uint64_t hash) const noexcept {
  const Slots* const table = slots.load(std::memory_order_acquire);
  if (table == nullptr) return -1;
  for (std::size_t at = hash & table->mask;; at = (at + 1) & table->mask) {
    const std::uint64_t found = table->cells[at].load(std::memory_order_acquire);
    if (found == 0) return -1;
    if (found >> 32 != hash >> 32) continue;
    // The text was written before the cell, so a generation loaded after the cell holds it.
    const Texts* const known = texts.load(std::memory_order_acquire);
    const std::int32_t code = code_in(found);
    const std::int32_t begin = known->offsets[code];
    if (std::string_view(known->bytes.get() + begin, static_cast<std::size_t>(known->offsets[code + 1] - begin)) ==
        text)
      return code;
  }
}

void KeyMemory::grow_slots() {
  const Slots* const old = slots.load(std::memory_order_relaxed);
  const std::size_t count = old == nullptr ? first_slots : (old->mask + 1) * 2;
  auto grown = std::make_unique<Slots>(Slots{count - 1, std::make_unique<Cell[]>(count)});
  const Texts* const known = texts.load(std::memory_order_relaxed);
  const std::int32_t n = size.load(std::memory_order_relaxed);
  for (std::int32_t code = 0; code < n; ++code) {
    const std::string_view text(known->bytes.get() + known->offsets[code],
                                static_cast<std::size_t>(known->offsets[code + 1] - known->offsets[code]));
    const std::uint64_t hash = std::hash<std::string_view>{}(text);
    std::size_t at = hash & grown->mask;
    while (grown->cells[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & grown->mask;
    grown->cells[at].store(cell(hash, code), std::memory_order_relaxed);
  }
  all_slots.push_back(std::move(grown));
  slots.store(all_slots.back().get(), std::memory_order_release);
}

void KeyMemory::reserve(std::size_t keys, std::size_t bytes) {
  const Texts* const published = texts.load(std::memory_order_relaxed);
  const Texts none;
  const Texts& old = published == nullptr ? none : *published;
  if (keys + 1 <= old.offset_capacity && bytes <= old.byte_capacity) return;
  const std::int32_t n = size.load(std::memory_order_relaxed);
  auto grown = std::make_unique<Texts>(old);
  if (keys + 1 > old.offset_capacity) {
    grown->offset_capacity = std::max({first_slots, old.offset_capacity * 2, keys + 1});
    grown->offsets = std::make_shared<std::int32_t[]>(grown->offset_capacity);
    if (old.offsets != nullptr) std::copy_n(old.offsets.get(), n + 1, grown->offsets.get());
  }
  if (bytes > old.byte_capacity) {
    grown->byte_capacity = std::max({first_bytes, old.byte_capacity * 2, bytes});
    grown->bytes = std::make_shared<char[]>(grown->byte_capacity);
    if (n > 0) std::memcpy(grown->bytes.get(), old.bytes.get(), static_cast<std::size_t>(old.offsets[n]));
  }
  // Nobody sees the new generation, nor how much it has room for, before all of it is there.
  all_texts.push_back(std::move(grown));
  texts.store(all_texts.back().get(), std::memory_order_release);
}

std::int32_t KeyMemory::add(std::string_view text, std::uint64_t hash) {
  const std::lock_guard lock(mutex);
  if (const std::int32_t code = find(text, hash); code >= 0) return code;  // somebody was faster
  const std::int32_t code = size.load(std::memory_order_relaxed);
  if (code >= max_keys) return -1;

  const Texts* known = texts.load(std::memory_order_relaxed);
  const std::size_t begin = known == nullptr ? 0 : static_cast<std::size_t>(known->offsets[code]);
  if (text.size() > std::numeric_limits<std::int32_t>::max() - begin) return -1;
  reserve(static_cast<std::size_t>(code) + 1, begin + text.size());
  const Slots* table = slots.load(std::memory_order_relaxed);
  if (table == nullptr || static_cast<std::size_t>(code) * 2 > table->mask) grow_slots();

  known = texts.load(std::memory_order_relaxed);
  table = slots.load(std::memory_order_relaxed);
  if (!text.empty()) std::memcpy(known->bytes.get() + begin, text.data(), text.size());
  known->offsets[code + 1] = static_cast<std::int32_t>(begin + text.size());
  std::size_t at = hash & table->mask;
  while (table->cells[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & table->mask;
  table->cells[at].store(cell(hash, code), std::memory_order_release);
  size.store(code + 1, std::memory_order_release);
  return code;
}

KeyTable::KeyTable(std::int32_t max_keys) : memory_(std::make_shared<KeyMemory>(max_keys)) {}

KeyTable::~KeyTable() = default;

std::int32_t KeyTable::intern(std::string_view text) noexcept {
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  if (const std::int32_t code = memory_->find(text, hash); code >= 0) return code;
  try {
    return memory_->add(text, hash);
  } catch (const std::bad_alloc&) {
    return -1;
  }
}

void KeyTable::limit(std::int32_t max_keys) noexcept {
  const std::lock_guard lock(memory_->mutex);
  memory_->max_keys = max_keys;
}

bool KeyTable::is_full() const {
  const std::lock_guard lock(memory_->mutex);
  return memory_->size.load(std::memory_order_relaxed) >= memory_->max_keys;
}

std::int32_t KeyTable::size() const noexcept { return memory_->size.load(std::memory_order_acquire); }

KeySnapshot KeyTable::snapshot() const {
  const std::lock_guard lock(memory_->mutex);
  const Texts* const known = memory_->texts.load(std::memory_order_relaxed);
  if (known == nullptr) return {0, nullptr, nullptr, memory_};
  return {memory_->size.load(std::memory_order_relaxed), known->offsets.get(), known->bytes.get(), memory_};
}

}  // namespace penstock::batch
