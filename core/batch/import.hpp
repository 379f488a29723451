#pragma once

#include <penstock/abi/arrow.h>

#include <optional>
#include <string>

#include "batch/batch.hpp"
#include "batch/key_table.hpp"

namespace penstock::batch {

/** Takes a struct array that another library gave, as a batch of `schema`: buffers are used in place where they can be
 *  (the array is released with the last column that does so), bitmaps and misaligned values are copied, offsets are
 *  normalised to 0, nulls are counted, dictionaries of keys are re-coded through `keys`. Nothing in `given` is trusted
 *  beyond its buffers being as long as its lengths say. On a fault nothing comes back and `fault` says what is wrong, in
 *  words that can follow "the array". `given` is moved from, and released exactly once either way. Throws std::bad_alloc. */
[[nodiscard]] std::optional<Batch> import(ArrowArray& given, const Schema& schema, KeyTable& keys, BufferPool& pool,
                                          std::string& fault);

}  // namespace penstock::batch
