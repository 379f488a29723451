#pragma once

#include <cstdint>

#include "execution/chain.hpp"

namespace penstock::execution {

/** Why a wait ended. */
enum class Woken : std::uint8_t { by_time, by_handle, by_call, by_stop, by_broken_handle };

/** Sleeps until `until_ns` (steady clock; `never`: no limit), until `handle` is readable (-1: none), until a node calls
 *  `wake`, or until a stop is asked at a level above `level`. */
[[nodiscard]] Woken wait(Chain& chain, Context& context, std::int64_t until_ns, std::intptr_t handle, int level);

}  // namespace penstock::execution
