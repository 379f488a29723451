#pragma once

#include <penstock/abi/batch.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace penstock::batch::bits {

/** Bitmaps of a batch: one bit per row, least significant first, in words of 64. */
constexpr std::int64_t words(std::int64_t rows) noexcept { return (rows + 63) / 64; }

/** The bits of the last word that belong to rows; all of them when the rows fill it. */
constexpr std::uint64_t last_mask(std::int64_t rows) noexcept {
  return rows % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (rows % 64)) - 1;
}

inline bool test(const std::uint64_t* map, std::int64_t row) noexcept { return (map[row / 64] >> (row % 64) & 1) != 0; }
inline void set(std::uint64_t* map, std::int64_t row) noexcept { map[row / 64] |= std::uint64_t{1} << (row % 64); }
inline void clear(std::uint64_t* map, std::int64_t row) noexcept { map[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }

/** Sets the bits of all rows and clears those behind them in the last word. */
inline void fill(std::uint64_t* map, std::int64_t rows) noexcept {
  const std::int64_t n = words(rows);
  std::fill_n(map, n, ~std::uint64_t{0});
  if (n > 0) map[n - 1] &= last_mask(rows);
}

/** Number of set bits among the rows; bits behind them are ignored. Most maps of a run are full: that is seen first, at
 *  a sixth of the cost of counting. */
inline std::int64_t count(const std::uint64_t* map, std::int64_t rows) noexcept {
  const std::int64_t whole = rows / 64;
  std::uint64_t common = ~std::uint64_t{0};
  for (std::int64_t i = 0; i < whole; ++i) common &= map[i];
  const std::int64_t rest = rows % 64 == 0 ? 0 : penstock_popcount(map[whole] & last_mask(rows));
  if (common == ~std::uint64_t{0}) return whole * 64 + rest;
  std::int64_t sum = rest;
  for (std::int64_t i = 0; i < whole; ++i) sum += penstock_popcount(map[i]);
  return sum;
}

/** Copies `rows` bits that start at any bit of `from`; bits behind them in the last word of `to` are clear. Reads no byte
 *  that holds none of them. */
inline void copy(const void* from, std::int64_t first, std::int64_t rows, std::uint64_t* to) noexcept {
  const auto* bytes = static_cast<const unsigned char*>(from) + first / 8;
  const auto shift = static_cast<unsigned>(first % 8);
  const auto available = static_cast<std::size_t>((rows + static_cast<std::int64_t>(shift) + 7) / 8);
  for (std::int64_t word = 0; word < words(rows); ++word) {
    const std::size_t at = static_cast<std::size_t>(word) * 8;
    std::uint64_t low = 0;
    std::memcpy(&low, bytes + at, std::min<std::size_t>(8, available - at));
    const std::uint64_t high = shift != 0 && at + 8 < available ? bytes[at + 8] : 0;
    to[word] = shift == 0 ? low : low >> shift | high << (64 - shift);
  }
  if (rows > 0) to[words(rows) - 1] &= last_mask(rows);
}

}  // namespace penstock::batch::bits
