#pragma once

#include "execution/chain.hpp"

namespace penstock::execution {

/** Moves batches from the source through the chain until it has ended, the limit is reached, nothing more is wanted, or
 *  a stop was asked. Then a source that can seek is left where it stands; another is called with `stopping` set until it
 *  ends, no longer than the drain may last. */
void read(Chain& chain, Context& context);

}  // namespace penstock::execution
