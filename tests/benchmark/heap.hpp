#pragma once

#include <malloc.h>

#include <cstddef>

namespace penstock::bench {

/** What the allocator has handed out, with its own overhead. */
[[nodiscard]] inline std::size_t heap_bytes() noexcept {
  const auto state = mallinfo2();
  return state.uordblks + state.hblkhd;
}

}  // namespace penstock::bench
