#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "batch/batch.hpp"

namespace penstock::batch {

inline constexpr std::size_t most_parts = 64;

/** Distributes the rows of `whole` over `parts`, at most most_parts, by the key in column `by`: all rows of one key go to
 *  one part and keep their order there; rows without a key go to the first. Each part has memory of its own, and
 *  `row_numbers`. Throws std::bad_alloc; `parts` are then unspecified. */
void split(const Batch& whole, std::size_t by, std::span<Batch> parts, BufferPool& pool);

/** Puts together what became of the parts of a batch of `rows` rows, in the order of their row numbers. Parts may have lost
 *  rows and gained columns; those without rows are passed over, and of the others each has the same schema. What was in
 *  `merged` is let go. Throws std::bad_alloc; `merged` is then unspecified. */
void merge(std::span<const Batch> parts, std::int64_t rows, BufferPool& pool, Batch& merged);

}  // namespace penstock::batch
