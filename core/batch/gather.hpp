#pragma once

#include <cstddef>
#include <cstdint>

namespace penstock::batch {

/** Puts the elements of `width` bytes (1, 2, 4 or 8) that stand at `at[i]` of `from` to places i of `to`, for `rows` of them.
 *  `to` may be `from` where `at` rises. */
inline void gather(std::size_t width, const void* from, void* to, const std::uint32_t* at, std::int64_t rows) noexcept {
  const auto move = [&]<class T>(T) {
    for (std::int64_t i = 0; i < rows; ++i) static_cast<T*>(to)[i] = static_cast<const T*>(from)[at[i]];
  };
  switch (width) {
    case 1: return move(std::uint8_t{});
    case 2: return move(std::uint16_t{});
    case 4: return move(std::uint32_t{});
    default: return move(std::uint64_t{});
  }
}

}  // namespace penstock::batch
