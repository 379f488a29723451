#pragma once

#include <cstdint>

#include "batch/batch.hpp"

namespace penstock::batch {

/** Removes the rows whose bit in `keep` is clear, from every column, in order. `kept` is the number of set bits among the
 *  rows. In place where the memory is the batch's own; what is shared, foreign or borrowed stays as it is and its kept
 *  rows are copied. All kept: nothing is touched. Throws std::bad_alloc. */
void compact(Batch& batch, const std::uint64_t* keep, std::int64_t kept, BufferPool& pool);

}  // namespace penstock::batch
