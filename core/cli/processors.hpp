#pragma once

#include <cstdint>

namespace penstock::cli {

/** How many processors this process may use, which is less than there are in a container or under `taskset`. */
[[nodiscard]] std::uint32_t processors() noexcept;

}  // namespace penstock::cli
