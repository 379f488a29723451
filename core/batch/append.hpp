#pragma once

#include <cstdint>

#include "batch/batch.hpp"

namespace penstock::batch {

/** Whether the texts of both are no more than one column's offsets can number. */
[[nodiscard]] bool fits_behind(const Batch& gathered, const Batch& batch) noexcept;

/** Puts the rows of `batch` behind those of `gathered`, in memory of its own with room for `capacity` rows, which all of
 *  them fit into; fits_behind() has to hold. An empty `gathered` takes schema, origin and arrival of the batch. Throws
 *  std::bad_alloc; `gathered` is then as it was. */
void append(Batch& gathered, const Batch& batch, std::int64_t capacity, BufferPool& pool);

}  // namespace penstock::batch
