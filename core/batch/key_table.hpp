#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace penstock::batch {

struct KeyMemory;

/** The keys known at one moment, as the buffers of an Arrow utf8 array; the text of code c is
 *  `bytes[offsets[c] .. offsets[c + 1]]`. The memory holds still and lives as long as any snapshot of its table. */
struct KeySnapshot {
  std::int32_t size = 0;
  const std::int32_t* offsets = nullptr;  ///< size + 1 of them; null if size is 0
  const char* bytes = nullptr;
  std::shared_ptr<const KeyMemory> memory = {};

  [[nodiscard]] std::string_view text(std::int32_t code) const noexcept {  ///< empty for a code that is not known
    if (code < 0 || code >= size) return {};
    return {bytes + offsets[code], static_cast<std::size_t>(offsets[code + 1] - offsets[code])};
  }
};

/** The run-wide table of keys: text to int32 code. Grows only, and a code never changes. Reading takes no lock. */
class KeyTable {
 public:
  static constexpr std::int32_t default_max_keys = 1 << 22;

  explicit KeyTable(std::int32_t max_keys = default_max_keys);
  ~KeyTable();
  KeyTable(const KeyTable&) = delete;
  KeyTable& operator=(const KeyTable&) = delete;

  /** The code of `text`, which is any bytes: from 0 in the order of arrival, or -1 when there are `max_keys` keys, or
   *  2 GiB of them, or no memory for one more. Any thread. */
  [[nodiscard]] std::int32_t intern(std::string_view text) noexcept;

  void limit(std::int32_t max_keys) noexcept;        ///< what is there stays; before other threads intern
  [[nodiscard]] std::int32_t size() const noexcept;  ///< any thread
  [[nodiscard]] bool is_full() const;                ///< there are `max_keys`; any thread
  [[nodiscard]] KeySnapshot snapshot() const;        ///< any thread; takes the lock of the writers

 private:
  std::shared_ptr<KeyMemory> memory_;
};

}  // namespace penstock::batch
